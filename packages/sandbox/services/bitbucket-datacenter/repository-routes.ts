// Repositories: one, those of a project, and those of the whole server with filters.
import { atLeast } from "../../core/access-level";
import type { SandboxResponse } from "../../core/service";
import type { RequestContext, Operation } from "./operation";
import { paginate } from "./pagination";
import { parsePermission, accessLevel } from "./permissions";
import type { Repository } from "./store";
import { serializeRepository } from "./serializers";

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
      const visible = [...context.requireProject("visible").repositories.values()].filter((one) =>
        atLeast(accessLevel(context.caller, one), "read"),
      );
      return respondWithList(context, visible);
    },
  },
  { method: "GET", path: "/repos", operation: "searchRepositories", caller: "anyone", handle: searchRepositories },
];

/** Names match by their beginning, in any case (assumed); archived ones only when asked for; an unknown permission shows nothing. */
function searchRepositories(context: RequestContext): SandboxResponse {
  const { query } = context.request;
  const asked = (name: string): string => query.get(name)?.trim().toLowerCase() ?? "";
  const permission = parsePermission(query.get("permission"), "REPO");
  const wanted = permission === "any" ? "read" : permission;
  const archived = asked("archived");
  const visibility = asked("visibility");
  const state = asked("state");
  const found = context.state.store.repositories.filter(
    (one) =>
      wanted !== "none" &&
      atLeast(accessLevel(context.caller, one), wanted) &&
      one.name.toLowerCase().startsWith(asked("name")) &&
      one.project.name.toLowerCase().startsWith(asked("projectname")) &&
      (asked("projectkey") === "" || one.project.key.toLowerCase() === asked("projectkey")) &&
      (archived === "all" || one.archived === (archived === "archived")) &&
      (visibility === "" || isPublic(one) === (visibility === "public")) &&
      (state === "" || state === "available"),
  );
  return respondWithList(context, found);
}

function isPublic(repository: Repository): boolean {
  return repository.isPublic || repository.project.isPublic;
}

function respondWithList(context: RequestContext, repositories: readonly Repository[]): SandboxResponse {
  return paginate(context.request, repositories, (one) => serializeRepository(context.serializerContext, one), context.state.switches);
}
