// Lists the pull requests of a repository, reads one, and lists its build statuses. The control path creates them.
import type { PullRequest } from "../../core/pull-request";
import type { SandboxResponse } from "../../core/service";
import { serializeBuildStatus } from "./build-statuses";
import type { Operation } from "./operation";
import { serializePullRequest } from "./pull-request-serializer";
import { type FilterFields, parseOptionalFilter } from "./query-filter";
import type { RequestContext } from "./request-context";
import { respondWithPage } from "./review-pages";
import { requirePullRequest } from "./reviewed-objects";
import { SCOPES } from "./scopes";
import { formatTimestamp } from "./serializers";
import { sortItems } from "./sorting";

const REPOSITORY = "/repositories/:workspace/:repository";
/** Lists of pull requests have shorter pages than others. */
const MAX_PAGE_LENGTH = 50;

const FIELDS: FilterFields<PullRequest> = {
  id: ({ id }) => `${id}`,
  title: ({ title }) => title,
  state: ({ state }) => state,
  "source.branch.name": ({ source }) => source,
  "destination.branch.name": ({ target }) => target,
  created_on: ({ createdDate }) => formatTimestamp(createdDate),
  updated_on: ({ updatedDate }) => formatTimestamp(updatedDate),
};

const defineGet = (path: string, operation: string, handle: Operation["handle"]): Operation => ({
  method: "GET",
  path: `${REPOSITORY}${path}`,
  operation,
  group: "repositories",
  caller: "anyone",
  scopes: SCOPES.pullRequest,
  handle,
});

export const pullRequestOperations: readonly Operation[] = [
  defineGet("/pullrequests", "listPullRequests", listPullRequests),
  defineGet("/pullrequests/:id", "getPullRequest", (context) => {
    const { repository, pullRequest } = requirePullRequest(context);
    return { status: 200, body: serializePullRequest(context.apiUrl, repository, pullRequest) };
  }),
  defineGet("/pullrequests/:id/statuses", "listPullRequestStatuses", listStatuses),
];

/** Open ones, newest first, unless `state`, `q` or `sort` says otherwise. */
function listPullRequests(context: RequestContext): SandboxResponse {
  const repository = context.requireRepository("read");
  const { query } = context.request;
  const q = query.get("q");
  const states = query.getAll("state").map((state) => state.toUpperCase());
  const matches = parseOptionalFilter(q, FIELDS);
  const byDefault = states.length === 0 && !/\bstate\b/.test(q ?? "") ? ["OPEN"] : states;
  const pullRequests = [...repository.pullRequests.values()]
    .reverse()
    .filter((pullRequest) => (byDefault.length === 0 || byDefault.includes(pullRequest.state)) && matches(pullRequest));
  const serialize = (pullRequest: PullRequest): unknown => serializePullRequest(context.apiUrl, repository, pullRequest);
  return respondWithPage(context, sortItems(pullRequests, query.get("sort"), FIELDS), serialize, MAX_PAGE_LENGTH);
}

/** The statuses of its commits, without those that name another branch. */
function listStatuses(context: RequestContext): SandboxResponse {
  const { repository, pullRequest } = requirePullRequest(context);
  const statuses = pullRequest.commits
    .flatMap((commit) => repository.statuses.list(commit))
    .filter(({ refname }) => refname === null || refname === pullRequest.source);
  return respondWithPage(context, statuses, (status) => serializeBuildStatus(context.apiUrl, repository, status));
}
