// Lists the branches of a repository, and reads and sets the default branch.
import type { SandboxResponse } from "../../core/service";
import { errors } from "./errors";
import type { Operation } from "./operation";
import { paginate } from "./pagination";
import type { RequestContext } from "./request-context";
import { fullName, type Repository } from "./store";
import { SINCE } from "./version";

const REPOSITORY = "/projects/:project/repos/:repository";

export const branchOperations: readonly Operation[] = [
  { method: "GET", path: `${REPOSITORY}/branches`, operation: "listBranches", caller: "anyone", handle: listBranches },
  {
    method: "GET",
    path: `${REPOSITORY}/default-branch`,
    operation: "getDefaultBranch",
    caller: "anyone",
    since: SINCE.defaultBranch,
    handle: (context) => respondWithDefaultBranch(context.requireRepository("read"), { status: 204 }),
  },
  {
    method: "GET",
    path: `${REPOSITORY}/branches/default`,
    operation: "getLegacyDefaultBranch",
    caller: "anyone",
    handle: (context) => {
      const repository = context.requireRepository("read");
      return respondWithDefaultBranch(repository, noDefaultBranch(repository));
    },
  },
  {
    method: "PUT",
    path: `${REPOSITORY}/default-branch`,
    operation: "setDefaultBranch",
    caller: "login",
    since: SINCE.defaultBranch,
    handle: setDefaultBranch,
  },
  {
    method: "PUT",
    path: `${REPOSITORY}/branches/default`,
    operation: "setLegacyDefaultBranch",
    caller: "login",
    handle: setDefaultBranch,
  },
];

function listBranches(context: RequestContext): SandboxResponse {
  const repository = context.requireRepository("read");
  const filter = context.request.query.get("filterText")?.toLowerCase() ?? "";
  const names = [...repository.branches.keys()].filter((name) => name.toLowerCase().includes(filter));
  return paginate(context.request, names, (name) => serializeBranch(repository, name), context.state.switches);
}

/** @param whenEmpty the response for an empty repository; the response is 404 if the default branch was never pushed */
function respondWithDefaultBranch(repository: Repository, whenEmpty: SandboxResponse): SandboxResponse {
  const { branches, defaultBranch: name } = repository;
  if (branches.size === 0) return whenEmpty;
  return name !== null && branches.has(name) ? { status: 200, body: serializeBranch(repository, name) } : noDefaultBranch(repository);
}

function setDefaultBranch(context: RequestContext): SandboxResponse {
  const repository = context.requireRepository("admin");
  const { id } = context.jsonObject();
  const name = typeof id === "string" ? id.replace(/^refs\/heads\//, "") : "";
  if (!repository.branches.has(name)) return errors.entityNotFound(`${fullName(repository)} has no branch ${name}.`);
  repository.defaultBranch = name;
  return { status: 204 };
}

function noDefaultBranch(repository: Repository): SandboxResponse {
  return errors.entityNotFound(`${fullName(repository)} has no default branch.`);
}

function serializeBranch(repository: Repository, name: string) {
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
