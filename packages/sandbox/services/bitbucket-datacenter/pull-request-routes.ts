// Pull requests, as far as they are asked for: of a repository, one by its number, and those that a commit is in. They are made by the control path.
import type { PullRequest } from "../../core/pull-request";
import { EarlyResponse } from "../../core/early-response";
import { errors } from "./errors";
import type { Call, Operation } from "./operation";
import { page } from "./pages";
import { pullRequestView } from "./pull-request-view";
import { fullName, type Repository } from "./store";
import { dateIn } from "./views";

const REPOSITORY = "/projects/:project/repos/:repository";

export const pullRequestOperations: readonly Operation[] = [
  {
    method: "GET",
    path: `${REPOSITORY}/pull-requests`,
    operation: "listPullRequests",
    caller: "anyone",
    handle: (call) => {
      const { query } = call.request;
      const state = query.get("state")?.toUpperCase() ?? "OPEN";
      const branch = query.get("at");
      const end = query.get("direction")?.toUpperCase() === "OUTGOING" ? "source" : "target";
      return listed(call, (one) => (state === "ALL" || one.state === state) && (branch === null || `refs/heads/${one[end]}` === branch));
    },
  },
  {
    method: "GET",
    path: `${REPOSITORY}/pull-requests/:id`,
    operation: "getPullRequest",
    caller: "anyone",
    handle: (call) => {
      const repository = call.repository("read");
      const one = repository.pullRequests.get(Number(call.param("id")));
      if (one === undefined) throw new EarlyResponse(errors.noPullRequest(fullName(repository), call.param("id")));
      return { status: 200, body: view(call, repository, one) };
    },
  },
  {
    method: "GET",
    path: `${REPOSITORY}/commits/:commit/pull-requests`,
    operation: "listPullRequestsOfCommit",
    caller: "anyone",
    handle: (call) => {
      const commit = call.param("commit").toLowerCase();
      return listed(call, (one) => [...one.commits, one.mergeCommit].includes(commit));
    },
  },
];

/** The newest first. */
function listed(call: Call, wanted: (one: PullRequest) => boolean) {
  const repository = call.repository("read");
  const found = [...repository.pullRequests.values()].filter(wanted).reverse();
  return page(call.request, found, (one) => view(call, repository, one), call.state.switches);
}

function view(call: Call, repository: Repository, one: PullRequest) {
  return pullRequestView(call.seen, repository, one, dateIn(call.state.switches));
}
