// Pull requests, as far as they are asked for: of a repository, one by its number, and those that a commit is in. They are made by the control path.
import type { PullRequest } from "../../core/pull-request";
import { EarlyResponse } from "../../core/early-response";
import { errors } from "./errors";
import type { RequestContext, Operation } from "./operation";
import { paginate } from "./pagination";
import { serializePullRequest } from "./pull-request-serializer";
import { fullName, type Repository } from "./store";
import { restDateFormatter } from "./serializers";

const REPOSITORY = "/projects/:project/repos/:repository";

export const pullRequestOperations: readonly Operation[] = [
  {
    method: "GET",
    path: `${REPOSITORY}/pull-requests`,
    operation: "listPullRequests",
    caller: "anyone",
    handle: (context) => {
      const { query } = context.request;
      const state = query.get("state")?.toUpperCase() ?? "OPEN";
      const branch = query.get("at");
      const end = query.get("direction")?.toUpperCase() === "OUTGOING" ? "source" : "target";
      return respondWithList(
        context,
        (one) => (state === "ALL" || one.state === state) && (branch === null || `refs/heads/${one[end]}` === branch),
      );
    },
  },
  {
    method: "GET",
    path: `${REPOSITORY}/pull-requests/:id`,
    operation: "getPullRequest",
    caller: "anyone",
    handle: (context) => {
      const repository = context.requireRepository("read");
      const one = repository.pullRequests.get(Number(context.param("id")));
      if (one === undefined) throw new EarlyResponse(errors.pullRequestNotFound(fullName(repository), context.param("id")));
      return { status: 200, body: serialize(context, repository, one) };
    },
  },
  {
    method: "GET",
    path: `${REPOSITORY}/commits/:commit/pull-requests`,
    operation: "listPullRequestsOfCommit",
    caller: "anyone",
    handle: (context) => {
      const commit = context.param("commit").toLowerCase();
      return respondWithList(context, (one) => [...one.commits, one.mergeCommit].includes(commit));
    },
  },
];

/** The newest first. */
function respondWithList(context: RequestContext, wanted: (one: PullRequest) => boolean) {
  const repository = context.requireRepository("read");
  const found = [...repository.pullRequests.values()].filter(wanted).reverse();
  return paginate(context.request, found, (one) => serialize(context, repository, one), context.state.switches);
}

function serialize(context: RequestContext, repository: Repository, one: PullRequest) {
  return serializePullRequest(context.serializerContext, repository, one, restDateFormatter(context.state.switches));
}
