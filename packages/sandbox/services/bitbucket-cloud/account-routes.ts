// The current user, workspaces and their projects, and the public catalog of events.
import { EarlyResponse } from "../../core/early-response";
import type { SandboxResponse } from "../../core/service";
import { isAnonymousToken } from "./credentials";
import { errors } from "./errors";
import { type EventType, listEventTypes } from "./events";
import { createWorkspaceLinks } from "./links";
import type { Operation } from "./operation";
import { paginate } from "./pagination";
import { findAccessLevel, canSeeWorkspace, ownsWorkspace } from "./permissions";
import { parseOptionalFilter } from "./query-filter";
import type { RequestContext } from "./request-context";
import { SCOPES } from "./scopes";
import { serializeProject, serializeRepositoryReference, serializeUser, serializeWorkspace } from "./serializers";
import { fullName, type Project, type Repository, type Workspace } from "./store";

const defineGet = (
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
  defineGet("/user", "getUser", {
    caller: "person",
    scopes: SCOPES.account,
    handle: (context) => {
      if (context.state.switches["user-endpoint"] === "forbidden") return errors.wrongCredentialType();
      return { status: 200, body: context.caller === undefined ? {} : serializeUser(context.apiUrl, context.caller) };
    },
  }),
  defineGet("/users/:user", "getUserByUuid", {
    caller: "anyone",
    scopes: { classic: [], apiToken: SCOPES.account.apiToken },
    handle: (context) => {
      const uuid = context.param("user").toLowerCase();
      const user = context.state.credentials.list.find((credential) => !isAnonymousToken(credential) && credential.uuid === uuid);
      return user === undefined ? errors.pathNotFound() : { status: 200, body: serializeUser(context.apiUrl, user) };
    },
  }),
  defineGet("/user/emails", "listEmails", {
    caller: "person",
    scopes: SCOPES.emails,
    handle: (context) => {
      const emails =
        context.caller?.email === undefined ? [] : [{ type: "email", email: context.caller.email, is_primary: true, is_confirmed: true }];
      return paginate(context.request, emails, (email) => email, { origin: context.state.origin() });
    },
  }),
  defineGet("/user/workspaces", "listOwnWorkspaces", { caller: "person", scopes: SCOPES.ownWorkspaces, handle: listOwnWorkspaces }),
  defineGet("/user/workspaces/:workspace/permission", "getOwnPermission", {
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
  defineGet("/user/workspaces/:workspace/permissions/repositories", "listOwnRepositoryPermissions", {
    caller: "person",
    scopes: SCOPES.repositoryPermissions,
    handle: listOwnRepositoryPermissions,
  }),
  defineGet("/workspaces/:workspace", "getWorkspace", {
    caller: "login",
    scopes: SCOPES.workspace,
    handle: (context) => ({ status: 200, body: serializeWorkspace(context.apiUrl, context.requireWorkspace("visible")) }),
  }),
  defineGet("/workspaces/:workspace/projects", "listProjects", {
    caller: "login",
    scopes: SCOPES.project,
    handle: (context) => {
      const workspace = context.requireWorkspace("visible");
      const serialize = (project: Project): unknown => serializeProject(context.apiUrl, workspace, project);
      return paginate(context.request, [...workspace.projects.values()], serialize, { origin: context.state.origin() });
    },
  }),
  defineGet("/workspaces/:workspace/projects/:project", "getProject", {
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
  defineGet("/hook_events", "listEventSubjects", {
    caller: "anyone",
    handle: (context) => {
      const events = (subject: string) => ({ links: { events: { href: `${context.apiUrl}/hook_events/${subject}` } } });
      return { status: 200, body: { repository: events("repository"), workspace: events("workspace") } };
    },
  }),
  defineGet("/hook_events/:subject", "listEvents", {
    caller: "anyone",
    handle: (context) => {
      const subject = context.param("subject");
      if (subject !== "repository" && subject !== "workspace") return errors.pathNotFound();
      const serialize = ({ category, label, event, description }: EventType) => ({ category, label, event, description });
      return paginate(context.request, listEventTypes(subject), serialize, { origin: context.state.origin(), defaultLength: 30 });
    },
  }),
];

function listOwnWorkspaces(context: RequestContext): SandboxResponse {
  const { caller, request, apiUrl } = context;
  const administrator = request.query.get("administrator");
  const workspaces = context.state.store.workspaces
    .filter((workspace) => canSeeWorkspace(caller, workspace))
    .filter((workspace) => administrator === null || `${ownsWorkspace(caller, workspace)}` === administrator);
  if (request.query.get("sort") === "slug") workspaces.sort((left, right) => (left.slug < right.slug ? -1 : 1));
  const serialize = (workspace: Workspace) => ({
    type: "workspace_access",
    administrator: ownsWorkspace(caller, workspace),
    workspace: { type: "workspace_base", uuid: workspace.uuid, slug: workspace.slug, links: createWorkspaceLinks(apiUrl, workspace) },
  });
  return paginate(request, workspaces, serialize, { origin: context.state.origin() });
}

/** Only access that was granted to the caller, without the read access that everyone has to public repositories. */
function listOwnRepositoryPermissions(context: RequestContext): SandboxResponse {
  const { caller, request, apiUrl } = context;
  const workspace = context.requireWorkspace("visible");
  const sort = request.query.get("sort");
  const grantedLevel = (repository: Repository) =>
    caller !== undefined && (caller.access.has(repository.uuid) || caller.access.has(workspace.uuid))
      ? findAccessLevel(caller, repository)
      : undefined;
  const matches = parseOptionalFilter<Repository>(request.query.get("q"), {
    "repository.full_name": fullName,
    "repository.name": ({ name }) => name,
    "repository.uuid": ({ uuid }) => uuid,
    permission: (repository) => grantedLevel(repository) ?? null,
  });
  const repositories = [...workspace.repositories.values()].filter(
    (repository) => grantedLevel(repository) !== undefined && matches(repository),
  );
  if (sort !== null && sort !== "repository.name") throw new EarlyResponse(errors.notSortable(sort));
  const serialize = (repository: Repository) => ({
    type: "repository_permission",
    permission: grantedLevel(repository),
    user: caller === undefined ? null : { type: "user", uuid: caller.uuid, display_name: caller.displayName },
    repository: serializeRepositoryReference(apiUrl, repository),
  });
  return paginate(request, repositories, serialize, { origin: context.state.origin() });
}
