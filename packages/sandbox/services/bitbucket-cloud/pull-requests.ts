// The events that Bitbucket Cloud sends for pushes and changes to pull requests.
import { Activity } from "../../core/activity";
import type { Deliveries } from "../../core/deliveries";
import type { PullRequestChange } from "../../core/pull-request";
import { createPullRequestPayload, createPushPayload, type PullRequestEvent } from "./payloads";
import { ACTOR } from "./pull-request-serializer";
import { formatTimestamp } from "./serializers";
import type { State } from "./state";
import { fullName, type Repository, type Webhook } from "./store";

const EVENTS = {
  created: ["pullrequest:created"],
  commits: ["pullrequest:push", "pullrequest:updated"],
  modified: ["pullrequest:updated"],
  approved: ["pullrequest:approved"],
  unapproved: ["pullrequest:unapproved"],
  comment: ["pullrequest:comment_created"],
  declined: ["pullrequest:rejected"],
  merged: ["pullrequest:fulfilled"],
} as const satisfies Record<PullRequestChange["kind"], readonly PullRequestEvent[]>;

export function createActivity(state: State, deliveries: Deliveries<Repository, Webhook>): Activity<Repository> {
  const apiUrl = (): string => `${state.origin()}/2.0`;
  return new Activity<Repository>(
    {
      commenter: ACTOR,
      nameOf: fullName,
      mainBranchOf: (repository) => repository.mainBranch,
      setMainBranch: (repository, branch) => {
        repository.mainBranch = branch;
      },
      publishPush: (repository, push) => {
        repository.updatedOn = formatTimestamp(push.time);
        return deliveries.deliver(repository, "repo:push", createPushPayload(apiUrl(), repository, push));
      },
      publishPullRequest: async (repository, pullRequest, change) => {
        // The update event of the new commits covers this change, too.
        if (change.kind === "modified" && change.withCommits) return [];
        const comment = change.kind === "comment" ? change.comment : undefined;
        const outcomes = [];
        for (const event of EVENTS[change.kind]) {
          const payload = createPullRequestPayload(apiUrl(), repository, pullRequest, event, comment);
          outcomes.push(...(await deliveries.deliver(repository, event, payload)));
        }
        return outcomes;
      },
    },
    state.clock,
  );
}
