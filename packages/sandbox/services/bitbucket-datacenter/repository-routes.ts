// Reads one repository, lists those of a project, and searches those of the whole server.
import { includesLevel } from "../../core/access-level";
import type { SandboxResponse } from "../../core/service";
import type { Operation } from "./operation";
import { paginate } from "./pagination";
import { findAccessLevel, parsePermission } from "./permissions";
import type { RequestContext } from "./request-context";
import { serializeRepository } from "./serializers";
import type { Repository } from "./store";

export const repositoryOperations: readonly Operation[] = [
  {
    method: "GET",
    path: "/projects/:project/repos/:repository",
    operation: "getRepository",
    caller: "anyone",
    handle: (context) => ({ status: 200, body: serializeRepository(context.serializerContext, context.requireRepository("read")) }),
  },
  {
    method: "GET",
    path: "/projects/:project/repos",
    operation: "listRepositories",
    caller: "anyone",
    handle: (context) => {
      const repositories = [...context.requireProject("visible").repositories.values()];
      return respondWithList(
        context,
        repositories.filter((repository) => includesLevel(findAccessLevel(context.caller, repository), "read")),
      );
    },
  },
  { method: "GET", path: "/repos", operation: "searchRepositories", caller: "anyone", handle: searchRepositories },
];

/** Names match by prefix and without case, which is assumed. Archived repositories are listed only on request. An unknown permission matches nothing. */
function searchRepositories(context: RequestContext): SandboxResponse {
  const { query } = context.request;
  const readParameter = (name: string): string => query.get(name)?.trim().toLowerCase() ?? "";
  const [name, projectName, projectKey] = [readParameter("name"), readParameter("projectname"), readParameter("projectkey")];
  const [archived, visibility, state] = [readParameter("archived"), readParameter("visibility"), readParameter("state")];
  const permission = parsePermission(query.get("permission"), "REPO");
  const level = permission === "any" ? "read" : permission;
  if (level === "none" || (state !== "" && state !== "available")) return respondWithList(context, []);
  const repositories = context.state.store.repositories.filter(
    (repository) =>
      includesLevel(findAccessLevel(context.caller, repository), level) &&
      repository.name.toLowerCase().startsWith(name) &&
      repository.project.name.toLowerCase().startsWith(projectName) &&
      (projectKey === "" || repository.project.key.toLowerCase() === projectKey) &&
      (archived === "all" || repository.archived === (archived === "archived")) &&
      (visibility === "" || isPublic(repository) === (visibility === "public")),
  );
  return respondWithList(context, repositories);
}

function isPublic(repository: Repository): boolean {
  return repository.isPublic || repository.project.isPublic;
}

function respondWithList(context: RequestContext, repositories: readonly Repository[]): SandboxResponse {
  const serialize = (repository: Repository): unknown => serializeRepository(context.serializerContext, repository);
  return paginate(context.request, repositories, serialize, context.state.switches);
}
