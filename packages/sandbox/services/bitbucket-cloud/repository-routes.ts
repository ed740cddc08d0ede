// Reads one repository, lists those of a workspace by role and filter, and lists the pull requests of a commit.
import { includesLevel, type Level } from "../../core/access-level";
import { EarlyResponse } from "../../core/early-response";
import type { PullRequest } from "../../core/pull-request";
import type { SandboxResponse } from "../../core/service";
import { errors } from "./errors";
import type { Operation } from "./operation";
import { paginate } from "./pagination";
import { findAccessLevel, ownsWorkspace } from "./permissions";
import { serializePullRequest } from "./pull-request-serializer";
import { type FilterFields, parseOptionalFilter } from "./query-filter";
import type { RequestContext } from "./request-context";
import { SCOPES } from "./scopes";
import { serializeRepository } from "./serializers";
import { sortItems } from "./sorting";
import { fullName, type Repository } from "./store";

const FIELDS: FilterFields<Repository> = {
  name: ({ name }) => name,
  slug: ({ slug }) => slug,
  full_name: fullName,
  uuid: ({ uuid }) => uuid,
  is_private: ({ isPrivate }) => isPrivate,
  "project.key": ({ project }) => project?.key ?? null,
  "project.name": ({ project }) => project?.name ?? null,
  "project.uuid": ({ project }) => project?.uuid ?? null,
  "mainbranch.name": ({ mainBranch }) => mainBranch,
  created_on: ({ createdOn }) => createdOn,
  updated_on: ({ updatedOn }) => updatedOn,
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
  const role = parseRole(query.get("role"));
  const matches = parseOptionalFilter(query.get("q"), FIELDS);
  const repositories = [...workspace.repositories.values()].filter(
    (repository) => hasRole(context, repository, role) && matches(repository),
  );
  const serialize = (repository: Repository): unknown => serializeRepository(context.apiUrl, repository);
  return paginate(context.request, sortItems(repositories, query.get("sort"), FIELDS), serialize, { origin: context.state.origin() });
}

function parseRole(role: string | null): Level | "owner" | undefined {
  if (role === null) return undefined;
  const level = Object.hasOwn(ROLES, role) ? ROLES[role] : undefined;
  if (level !== undefined) return level;
  throw new EarlyResponse(errors.invalidQuery(`unknown role ${role}; known roles: ${Object.keys(ROLES).join(", ")}`));
}

function hasRole({ caller }: RequestContext, repository: Repository, role: Level | "owner" | undefined): boolean {
  const level = findAccessLevel(caller, repository);
  if (role === undefined) return level !== undefined;
  if (role === "owner") return !repository.hidden && ownsWorkspace(caller, repository.workspace);
  // Everyone can read a public repository, but only granted access makes a member.
  const isGranted = caller?.access.has(repository.uuid) === true || caller?.access.has(repository.workspace.uuid) === true;
  return isGranted && includesLevel(level, role);
}

function listPullRequestsOfCommit(context: RequestContext): SandboxResponse {
  const repository = context.requireRepository("read");
  const commit = context.param("commit").toLowerCase();
  const app = context.state.switches["commit-links-app"];
  if (app === "absent") return errors.pathNotFound();
  const pullRequests = [...repository.pullRequests.values()].filter(({ commits, mergeCommit }) =>
    [...commits, mergeCommit].some((hash) => commit.length >= 7 && hash?.startsWith(commit) === true),
  );
  const isIndexing = app === "indexing";
  const serialize = (pullRequest: PullRequest): unknown => serializePullRequest(context.apiUrl, repository, pullRequest);
  return paginate(context.request, isIndexing ? [] : pullRequests, serialize, {
    origin: context.state.origin(),
    defaultLength: 30,
    maxLength: 50,
    status: isIndexing ? 202 : 200,
  });
}
