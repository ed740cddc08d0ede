// Repositories: one, and those of a workspace with role, filter and order; and the pull requests of a commit.
import { atLeast, type Level } from "../../core/access-level";
import type { SandboxResponse } from "../../core/service";
import { EarlyResponse } from "../../core/early-response";
import { levelOn, ownsWorkspace } from "./credentials";
import { errors } from "./errors";
import type { Call, Operation } from "./operation";
import { page } from "./pages";
import { pullRequestView } from "./pull-request-view";
import { type FieldValue, type FilterFields, parseFilter } from "./query-filter";
import { SCOPES } from "./scopes";
import { fullName, type Repository } from "./store";
import { repositoryView } from "./views";

const FIELDS: FilterFields<Repository> = {
  name: (one) => one.name,
  slug: (one) => one.slug,
  full_name: (one) => fullName(one),
  uuid: (one) => one.uuid,
  is_private: (one) => one.isPrivate,
  "project.key": (one) => one.project?.key ?? null,
  "project.name": (one) => one.project?.name ?? null,
  "project.uuid": (one) => one.project?.uuid ?? null,
  "mainbranch.name": (one) => one.mainBranch,
  created_on: (one) => one.createdOn,
  updated_on: (one) => one.updatedOn,
};

const ROLES: Readonly<Record<string, Level | "owner">> = { member: "read", contributor: "write", admin: "admin", owner: "owner" };

export const repositoryOperations: readonly Operation[] = [
  {
    method: "GET",
    path: "/repositories/:workspace/:repository",
    operation: "getRepository",
    group: "repositories",
    caller: "anyone",
    scopes: SCOPES.repository,
    handle: (call) => ({ status: 200, body: repositoryView(call.api, call.repository("read")) }),
  },
  {
    method: "GET",
    path: "/repositories/:workspace",
    operation: "listRepositories",
    group: "repositories",
    caller: "anyone",
    scopes: SCOPES.repository,
    handle: listRepositories,
  },
  {
    method: "GET",
    path: "/repositories/:workspace/:repository/commit/:commit/pullrequests",
    operation: "listPullRequestsOfCommit",
    group: "repositories",
    caller: "anyone",
    scopes: SCOPES.pullRequest,
    handle: pullRequestsOfCommit,
  },
];

function listRepositories(call: Call): SandboxResponse {
  const { query } = call.request;
  const workspace = call.workspace("existing");
  const role = query.get("role");
  const wanted = role === null ? undefined : Object.hasOwn(ROLES, role) ? ROLES[role] : refuseRole(role);
  const q = query.get("q");
  const matches = q === null || q.trim() === "" ? () => true : parseFilter(q, FIELDS);
  const hasRole = (repository: Repository): boolean => {
    const level = levelOn(call.caller, repository);
    if (wanted === undefined) return level !== undefined;
    if (wanted === "owner") return !repository.hidden && ownsWorkspace(call.caller, workspace);
    // A public repository can be read by everybody, but that makes nobody a member.
    const given = call.caller?.access;
    return atLeast(level, wanted) && given !== undefined && (given.has(repository.uuid) || given.has(workspace.uuid));
  };
  const found = [...workspace.repositories.values()].filter((repository) => hasRole(repository) && matches(repository));
  return page(call.request, sorted(found, query.get("sort")), (repository) => repositoryView(call.api, repository), {
    origin: call.state.origin(),
  });
}

function refuseRole(role: string): never {
  throw new EarlyResponse(errors.badQuery(`${role} is no role; there are ${Object.keys(ROLES).join(", ")}`));
}

function sorted(repositories: Repository[], sort: string | null): readonly Repository[] {
  if (sort === null || sort === "") return repositories;
  const name = sort.replace(/^-/, "");
  const valueOf = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  if (valueOf === undefined) throw new EarlyResponse(errors.notSortable(name));
  const factor = sort.startsWith("-") ? -1 : 1;
  const rank = (value: FieldValue): string => String(value ?? "");
  return repositories
    .map((repository) => ({ repository, key: rank(valueOf(repository)) }))
    .sort((one, other) => (one.key < other.key ? -factor : one.key > other.key ? factor : 0))
    .map(({ repository }) => repository);
}

function pullRequestsOfCommit(call: Call): SandboxResponse {
  const repository = call.repository("read");
  const commit = call.param("commit").toLowerCase();
  const app = call.state.switches["commit-links-app"];
  if (app === "absent") return errors.noRoute();
  const found = [...repository.pullRequests.values()].filter(({ commits, mergeCommit }) =>
    [...commits, mergeCommit].some((hash) => commit.length >= 7 && (hash?.startsWith(commit) ?? false)),
  );
  const listed = app === "indexing" ? [] : found;
  return page(call.request, listed, (one) => pullRequestView(call.api, repository, one), {
    origin: call.state.origin(),
    defaultLength: 30,
    longest: 50,
    status: app === "indexing" ? 202 : 200,
  });
}
