// Repositories: one, those of a project, and those of the whole server with filters.
import { atLeast } from "../../core/access-level";
import type { SandboxResponse } from "../../core/service";
import type { Call, Operation } from "./operation";
import { page } from "./pages";
import { askedLevel, levelOn } from "./permissions";
import type { Repository } from "./store";
import { repositoryView } from "./views";

export const repositoryOperations: readonly Operation[] = [
  {
    method: "GET",
    path: "/projects/:project/repos/:repository",
    operation: "getRepository",
    caller: "anyone",
    handle: (call) => ({ status: 200, body: repositoryView(call.seen, call.repository("read")) }),
  },
  {
    method: "GET",
    path: "/projects/:project/repos",
    operation: "listRepositories",
    caller: "anyone",
    handle: (call) => {
      const visible = [...call.project("visible").repositories.values()].filter((one) => atLeast(levelOn(call.caller, one), "read"));
      return listed(call, visible);
    },
  },
  { method: "GET", path: "/repos", operation: "searchRepositories", caller: "anyone", handle: search },
];

/** Names match by their beginning, in any case (assumed); archived ones only when asked for; an unknown permission shows nothing. */
function search(call: Call): SandboxResponse {
  const { query } = call.request;
  const asked = (name: string): string => query.get(name)?.trim().toLowerCase() ?? "";
  const permission = askedLevel(query.get("permission"), "REPO");
  const wanted = permission === "any" ? "read" : permission;
  const archived = asked("archived");
  const visibility = asked("visibility");
  const state = asked("state");
  const found = call.state.store.repositories.filter(
    (one) =>
      wanted !== "none" &&
      atLeast(levelOn(call.caller, one), wanted) &&
      one.name.toLowerCase().startsWith(asked("name")) &&
      one.project.name.toLowerCase().startsWith(asked("projectname")) &&
      (asked("projectkey") === "" || one.project.key.toLowerCase() === asked("projectkey")) &&
      (archived === "all" || one.archived === (archived === "archived")) &&
      (visibility === "" || isOpen(one) === (visibility === "public")) &&
      (state === "" || state === "available"),
  );
  return listed(call, found);
}

function isOpen(repository: Repository): boolean {
  return repository.isPublic || repository.project.isPublic;
}

function listed(call: Call, repositories: readonly Repository[]): SandboxResponse {
  return page(call.request, repositories, (one) => repositoryView(call.seen, one), call.state.switches);
}
