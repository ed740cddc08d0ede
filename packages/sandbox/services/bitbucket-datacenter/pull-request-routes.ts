// Lists the pull requests of a repository and of a commit, and reads one. The control path creates them.
import type { PullRequest } from "../../core/pull-request";
import type { Operation } from "./operation";
import { paginate } from "./pagination";
import { serializePullRequest } from "./pull-request-serializer";
import type { RequestContext } from "./request-context";
import { requirePullRequest } from "./reviewed-objects";
import { createRestDateFormatter } from "./serializers";
import type { Repository } from "./store";

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
        (pullRequest) =>
          (state === "ALL" || pullRequest.state === state) && (branch === null || `refs/heads/${pullRequest[end]}` === branch),
      );
    },
  },
  {
    method: "GET",
    path: `${REPOSITORY}/pull-requests/:id`,
    operation: "getPullRequest",
    caller: "anyone",
    handle: (context) => {
      const { repository, pullRequest } = requirePullRequest(context);
      return { status: 200, body: serialize(context, repository, pullRequest) };
    },
  },
  {
    method: "GET",
    path: `${REPOSITORY}/commits/:commit/pull-requests`,
    operation: "listPullRequestsOfCommit",
    caller: "anyone",
    handle: (context) => {
      const commit = context.param("commit").toLowerCase();
      return respondWithList(context, (pullRequest) => [...pullRequest.commits, pullRequest.mergeCommit].includes(commit));
    },
  },
];

/** Newest first. */
function respondWithList(context: RequestContext, filter: (pullRequest: PullRequest) => boolean) {
  const repository = context.requireRepository("read");
  const pullRequests = [...repository.pullRequests.values()].filter(filter).reverse();
  return paginate(context.request, pullRequests, (pullRequest) => serialize(context, repository, pullRequest), context.state.switches);
}

function serialize(context: RequestContext, repository: Repository, pullRequest: PullRequest) {
  return serializePullRequest(context.serializerContext, repository, pullRequest, createRestDateFormatter(context.state.switches));
}
