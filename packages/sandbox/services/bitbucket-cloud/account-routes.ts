// The caller, workspaces and their projects, and the public catalogue of events.
import type { SandboxResponse } from "../../core/service";
import { EarlyResponse } from "../../core/early-response";
import { levelOn, ownsWorkspace, seesWorkspace } from "./credentials";
import { errors } from "./errors";
import { eventTypesOf } from "./events";
import { repositoryLinks, workspaceLinks } from "./links";
import type { Call, Operation } from "./operation";
import { page } from "./pages";
import { parseFilter } from "./query-filter";
import { SCOPES } from "./scopes";
import { fullName, type Project, type Repository } from "./store";
import { projectView, userView, workspaceView } from "./views";

const get = (
  path: string,
  operation: string,
  rest: Pick<Operation, "caller" | "handle"> & Partial<Pick<Operation, "scopes">>,
): Operation => ({
  method: "GET",
  path,
  operation,
  group: "other",
  ...rest,
});

export const accountOperations: readonly Operation[] = [
  get("/user", "getUser", {
    caller: "person",
    scopes: SCOPES.account,
    handle: (call) => ({ status: 200, body: call.caller === undefined ? {} : userView(call.api, call.caller) }),
  }),
  get("/users/:user", "getUserByUuid", {
    caller: "anyone",
    scopes: { classic: [], apiToken: SCOPES.account.apiToken },
    handle: (call) => {
      const wanted = call.param("user").toLowerCase();
      const user = call.state.credentials.all.find((one) => one.kind !== "access-token" && one.uuid === wanted);
      return user === undefined ? errors.noRoute() : { status: 200, body: userView(call.api, user) };
    },
  }),
  get("/user/emails", "listEmails", {
    caller: "person",
    scopes: SCOPES.emails,
    handle: (call) => {
      const emails =
        call.caller?.email === undefined ? [] : [{ type: "email", email: call.caller.email, is_primary: true, is_confirmed: true }];
      return page(call.request, emails, (email) => email, { origin: call.state.origin() });
    },
  }),
  get("/user/workspaces", "listOwnWorkspaces", { caller: "person", scopes: SCOPES.ownWorkspaces, handle: listOwnWorkspaces }),
  get("/user/workspaces/:workspace/permission", "getOwnPermission", {
    caller: "person",
    scopes: SCOPES.ownWorkspaces,
    handle: (call) => {
      const workspace = call.workspace("visible");
      return {
        status: 200,
        body: { type: "workspace_membership", permission: ownsWorkspace(call.caller, workspace) ? "owner" : "member" },
      };
    },
  }),
  get("/user/workspaces/:workspace/permissions/repositories", "listOwnRepositoryPermissions", {
    caller: "person",
    scopes: SCOPES.repositoryPermissions,
    handle: listOwnRepositoryPermissions,
  }),
  get("/workspaces/:workspace", "getWorkspace", {
    caller: "login",
    scopes: SCOPES.workspace,
    handle: (call) => ({ status: 200, body: workspaceView(call.api, call.workspace("visible")) }),
  }),
  get("/workspaces/:workspace/projects", "listProjects", {
    caller: "login",
    scopes: SCOPES.project,
    handle: (call) => {
      const workspace = call.workspace("visible");
      const view = (project: Project): unknown => projectView(call.api, workspace, project);
      return page(call.request, [...workspace.projects.values()], view, { origin: call.state.origin() });
    },
  }),
  get("/workspaces/:workspace/projects/:project", "getProject", {
    caller: "login",
    scopes: SCOPES.project,
    handle: (call) => {
      const workspace = call.workspace("visible");
      const project = workspace.projects.get(call.param("project").toUpperCase());
      return project === undefined
        ? errors.noProject(call.param("project"))
        : { status: 200, body: projectView(call.api, workspace, project) };
    },
  }),
  get("/hook_events", "listEventSubjects", {
    caller: "anyone",
    handle: (call) => {
      const events = (subject: string) => ({ links: { events: { href: `${call.api}/hook_events/${subject}` } } });
      return { status: 200, body: { repository: events("repository"), workspace: events("workspace") } };
    },
  }),
  get("/hook_events/:subject", "listEvents", {
    caller: "anyone",
    handle: (call) => {
      const subject = call.param("subject");
      if (subject !== "repository" && subject !== "workspace") return errors.noRoute();
      const view = ({ category, label, event, description }: ReturnType<typeof eventTypesOf>[number]) => ({
        category,
        label,
        event,
        description,
      });
      return page(call.request, eventTypesOf(subject), view, { origin: call.state.origin(), defaultLength: 30 });
    },
  }),
];

function listOwnWorkspaces(call: Call): SandboxResponse {
  const { query } = call.request;
  const administrator = query.get("administrator");
  const found = call.state.store.workspaces
    .filter((workspace) => seesWorkspace(call.caller, workspace))
    .filter((workspace) => administrator === null || String(ownsWorkspace(call.caller, workspace)) === administrator);
  if (query.get("sort") === "slug") found.sort((one, other) => (one.slug < other.slug ? -1 : 1));
  const view = (workspace: (typeof found)[number]) => ({
    type: "workspace_access",
    administrator: ownsWorkspace(call.caller, workspace),
    workspace: { type: "workspace_base", uuid: workspace.uuid, slug: workspace.slug, links: workspaceLinks(call.api, workspace) },
  });
  return page(call.request, found, view, { origin: call.state.origin() });
}

/** What the caller was given, not what a public repository gives everybody. */
function listOwnRepositoryPermissions(call: Call): SandboxResponse {
  const { caller, request } = call;
  const workspace = call.workspace("visible");
  const granted = (repository: Repository) =>
    caller !== undefined && (caller.access.has(repository.uuid) || caller.access.has(workspace.uuid))
      ? levelOn(caller, repository)
      : undefined;
  const q = request.query.get("q");
  const matches =
    q === null || q.trim() === ""
      ? () => true
      : parseFilter<Repository>(q, {
          "repository.full_name": (one) => fullName(one),
          "repository.name": (one) => one.name,
          "repository.uuid": (one) => one.uuid,
          permission: (one) => granted(one) ?? null,
        });
  const found = [...workspace.repositories.values()].filter((one) => granted(one) !== undefined && matches(one));
  if (request.query.has("sort") && request.query.get("sort") !== "repository.name") {
    throw new EarlyResponse(errors.notSortable(request.query.get("sort") ?? ""));
  }
  const view = (one: Repository) => ({
    type: "repository_permission",
    permission: granted(one),
    user: caller === undefined ? null : { type: "user", uuid: caller.uuid, display_name: caller.displayName },
    repository: { type: "repository", name: one.name, full_name: fullName(one), uuid: one.uuid, links: repositoryLinks(call.api, one) },
  });
  return page(call.request, found, view, { origin: call.state.origin() });
}
