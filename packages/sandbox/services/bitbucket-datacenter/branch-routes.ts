// Branches of a repository, and which of them is the default.
import type { SandboxResponse } from "../../core/service";
import { errors } from "./errors";
import type { Call, Operation } from "./operation";
import { page } from "./pages";
import { fullName, type Repository } from "./store";
import { SINCE } from "./version";

const REPOSITORY = "/projects/:project/repos/:repository";

export const branchOperations: readonly Operation[] = [
  { method: "GET", path: `${REPOSITORY}/branches`, operation: "listBranches", caller: "anyone", handle: list },
  {
    method: "GET",
    path: `${REPOSITORY}/default-branch`,
    operation: "getDefaultBranch",
    caller: "anyone",
    since: SINCE.defaultBranch,
    handle: (call) => defaultBranch(call.repository("read"), { status: 204 }),
  },
  {
    method: "GET",
    path: `${REPOSITORY}/branches/default`,
    operation: "getDefaultBranchOfBefore",
    caller: "anyone",
    handle: (call) => {
      const repository = call.repository("read");
      return defaultBranch(repository, noDefault(repository));
    },
  },
  {
    method: "PUT",
    path: `${REPOSITORY}/default-branch`,
    operation: "setDefaultBranch",
    caller: "login",
    since: SINCE.defaultBranch,
    handle: set,
  },
  { method: "PUT", path: `${REPOSITORY}/branches/default`, operation: "setDefaultBranchOfBefore", caller: "login", handle: set },
];

function list(call: Call): SandboxResponse {
  const repository = call.repository("read");
  const filter = call.request.query.get("filterText")?.toLowerCase() ?? "";
  const found = [...repository.branches.keys()].filter((name) => name.toLowerCase().includes(filter));
  return page(call.request, found, (name) => branchView(repository, name), call.state.switches);
}

/** An empty repository has its own answer; one whose default branch was never pushed has none. */
function defaultBranch(repository: Repository, whenEmpty: SandboxResponse): SandboxResponse {
  const { branches, defaultBranch: name } = repository;
  if (branches.size === 0) return whenEmpty;
  return name !== null && branches.has(name) ? { status: 200, body: branchView(repository, name) } : noDefault(repository);
}

function set(call: Call): SandboxResponse {
  const repository = call.repository("admin");
  const { id } = call.object();
  const name = typeof id === "string" ? id.replace(/^refs\/heads\//, "") : "";
  if (!repository.branches.has(name)) return errors.noEntity(`${fullName(repository)} has no branch ${name}.`);
  repository.defaultBranch = name;
  return { status: 204 };
}

function noDefault(repository: Repository): SandboxResponse {
  return errors.noEntity(`${fullName(repository)} has no default branch.`);
}

function branchView(repository: Repository, name: string) {
  const commit = repository.branches.get(name) ?? "";
  return {
    id: `refs/heads/${name}`,
    displayId: name,
    type: "BRANCH",
    latestCommit: commit,
    latestChangeset: commit,
    isDefault: name === repository.defaultBranch,
  };
}
