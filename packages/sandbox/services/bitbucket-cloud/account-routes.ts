// The caller, workspaces and their projects, and the public catalogue of events.
import type { SandboxResponse } from "../../core/service";
import { EarlyResponse } from "../../core/early-response";
import { accessLevel, canSeeWorkspace, ownsWorkspace } from "./permissions";
import { errors } from "./errors";
import { eventTypesOf } from "./events";
import { createRepositoryLinks, createWorkspaceLinks } from "./links";
import type { Operation } from "./operation";
import type { RequestContext } from "./request-context";
import { paginate } from "./pagination";
import { parseFilter } from "./query-filter";
import { SCOPES } from "./scopes";
import { fullName, type Project, type Repository } from "./store";
import { serializeProject, serializeUser, serializeWorkspace } from "./serializers";

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
    handle: (context) => ({ status: 200, body: context.caller === undefined ? {} : serializeUser(context.apiUrl, context.caller) }),
  }),
  get("/users/:user", "getUserByUuid", {
    caller: "anyone",
    scopes: { classic: [], apiToken: SCOPES.account.apiToken },
    handle: (context) => {
      const wanted = context.param("user").toLowerCase();
      const user = context.state.credentials.list.find((one) => one.kind !== "access-token" && one.uuid === wanted);
      return user === undefined ? errors.pathNotFound() : { status: 200, body: serializeUser(context.apiUrl, user) };
    },
  }),
  get("/user/emails", "listEmails", {
    caller: "person",
    scopes: SCOPES.emails,
    handle: (context) => {
      const emails =
        context.caller?.email === undefined ? [] : [{ type: "email", email: context.caller.email, is_primary: true, is_confirmed: true }];
      return paginate(context.request, emails, (email) => email, { origin: context.state.origin() });
    },
  }),
  get("/user/workspaces", "listOwnWorkspaces", { caller: "person", scopes: SCOPES.ownWorkspaces, handle: listOwnWorkspaces }),
  get("/user/workspaces/:workspace/permission", "getOwnPermission", {
    caller: "person",
    scopes: SCOPES.ownWorkspaces,
    handle: (context) => {
      const workspace = context.requireWorkspace("visible");
      return {
        status: 200,
        body: { type: "workspace_membership", permission: ownsWorkspace(context.caller, workspace) ? "owner" : "member" },
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
    handle: (context) => ({ status: 200, body: serializeWorkspace(context.apiUrl, context.requireWorkspace("visible")) }),
  }),
  get("/workspaces/:workspace/projects", "listProjects", {
    caller: "login",
    scopes: SCOPES.project,
    handle: (context) => {
      const workspace = context.requireWorkspace("visible");
      const view = (project: Project): unknown => serializeProject(context.apiUrl, workspace, project);
      return paginate(context.request, [...workspace.projects.values()], view, { origin: context.state.origin() });
    },
  }),
  get("/workspaces/:workspace/projects/:project", "getProject", {
    caller: "login",
    scopes: SCOPES.project,
    handle: (context) => {
      const workspace = context.requireWorkspace("visible");
      const project = workspace.projects.get(context.param("project").toUpperCase());
      return project === undefined
        ? errors.projectNotFound(context.param("project"))
        : { status: 200, body: serializeProject(context.apiUrl, workspace, project) };
    },
  }),
  get("/hook_events", "listEventSubjects", {
    caller: "anyone",
    handle: (context) => {
      const events = (subject: string) => ({ links: { events: { href: `${context.apiUrl}/hook_events/${subject}` } } });
      return { status: 200, body: { repository: events("repository"), workspace: events("workspace") } };
    },
  }),
  get("/hook_events/:subject", "listEvents", {
    caller: "anyone",
    handle: (context) => {
      const subject = context.param("subject");
      if (subject !== "repository" && subject !== "workspace") return errors.pathNotFound();
      const view = ({ category, label, event, description }: ReturnType<typeof eventTypesOf>[number]) => ({
        category,
        label,
        event,
        description,
      });
      return paginate(context.request, eventTypesOf(subject), view, { origin: context.state.origin(), defaultLength: 30 });
    },
  }),
];

function listOwnWorkspaces(context: RequestContext): SandboxResponse {
  const { query } = context.request;
  const administrator = query.get("administrator");
  const found = context.state.store.workspaces
    .filter((workspace) => canSeeWorkspace(context.caller, workspace))
    .filter((workspace) => administrator === null || String(ownsWorkspace(context.caller, workspace)) === administrator);
  if (query.get("sort") === "slug") found.sort((one, other) => (one.slug < other.slug ? -1 : 1));
  const view = (workspace: (typeof found)[number]) => ({
    type: "workspace_access",
    administrator: ownsWorkspace(context.caller, workspace),
    workspace: {
      type: "workspace_base",
      uuid: workspace.uuid,
      slug: workspace.slug,
      links: createWorkspaceLinks(context.apiUrl, workspace),
    },
  });
  return paginate(context.request, found, view, { origin: context.state.origin() });
}

/** What the caller was given, not what a public repository gives everybody. */
function listOwnRepositoryPermissions(context: RequestContext): SandboxResponse {
  const { caller, request } = context;
  const workspace = context.requireWorkspace("visible");
  const granted = (repository: Repository) =>
    caller !== undefined && (caller.access.has(repository.uuid) || caller.access.has(workspace.uuid))
      ? accessLevel(caller, repository)
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
    repository: {
      type: "repository",
      name: one.name,
      full_name: fullName(one),
      uuid: one.uuid,
      links: createRepositoryLinks(context.apiUrl, one),
    },
  });
  return paginate(context.request, found, view, { origin: context.state.origin() });
}
