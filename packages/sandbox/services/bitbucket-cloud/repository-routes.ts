// Repositories: one, and those of a workspace with role, filter and order; and the pull requests of a commit.
import { atLeast, type Level } from "../../core/access-level";
import type { SandboxResponse } from "../../core/service";
import { EarlyResponse } from "../../core/early-response";
import { accessLevel, ownsWorkspace } from "./permissions";
import { errors } from "./errors";
import type { Operation } from "./operation";
import type { RequestContext } from "./request-context";
import { paginate } from "./pagination";
import { serializePullRequest } from "./pull-request-serializer";
import { type FieldValue, type FilterFields, parseFilter } from "./query-filter";
import { SCOPES } from "./scopes";
import { fullName, type Repository } from "./store";
import { serializeRepository } from "./serializers";

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
    handle: (context) => ({ status: 200, body: serializeRepository(context.apiUrl, context.requireRepository("read")) }),
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
    handle: listPullRequestsOfCommit,
  },
];

function listRepositories(context: RequestContext): SandboxResponse {
  const { query } = context.request;
  const workspace = context.requireWorkspace("existing");
  const role = query.get("role");
  const wanted = role === null ? undefined : Object.hasOwn(ROLES, role) ? ROLES[role] : rejectRole(role);
  const q = query.get("q");
  const matches = q === null || q.trim() === "" ? () => true : parseFilter(q, FIELDS);
  const hasRole = (repository: Repository): boolean => {
    const level = accessLevel(context.caller, repository);
    if (wanted === undefined) return level !== undefined;
    if (wanted === "owner") return !repository.hidden && ownsWorkspace(context.caller, workspace);
    // A public repository can be read by everybody, but that makes nobody a member.
    const given = context.caller?.access;
    return atLeast(level, wanted) && given !== undefined && (given.has(repository.uuid) || given.has(workspace.uuid));
  };
  const found = [...workspace.repositories.values()].filter((repository) => hasRole(repository) && matches(repository));
  return paginate(
    context.request,
    sortRepositories(found, query.get("sort")),
    (repository) => serializeRepository(context.apiUrl, repository),
    {
      origin: context.state.origin(),
    },
  );
}

function rejectRole(role: string): never {
  throw new EarlyResponse(errors.invalidQuery(`${role} is no role; there are ${Object.keys(ROLES).join(", ")}`));
}

function sortRepositories(repositories: Repository[], sort: string | null): readonly Repository[] {
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

function listPullRequestsOfCommit(context: RequestContext): SandboxResponse {
  const repository = context.requireRepository("read");
  const commit = context.param("commit").toLowerCase();
  const app = context.state.switches["commit-links-app"];
  if (app === "absent") return errors.pathNotFound();
  const found = [...repository.pullRequests.values()].filter(({ commits, mergeCommit }) =>
    [...commits, mergeCommit].some((hash) => commit.length >= 7 && (hash?.startsWith(commit) ?? false)),
  );
  const listed = app === "indexing" ? [] : found;
  return paginate(context.request, listed, (one) => serializePullRequest(context.apiUrl, repository, one), {
    origin: context.state.origin(),
    defaultLength: 30,
    longest: 50,
    status: app === "indexing" ? 202 : 200,
  });
}
