// The events that Bitbucket Data Center sends for pushes and changes to pull requests.
import { Activity } from "../../core/activity";
import type { Deliveries } from "../../core/deliveries";
import { createBody, createPullRequestPayload, createPushPayload, type Payload } from "./payloads";
import { COMMENTER } from "./pull-request-serializer";
import type { SerializerContext } from "./serializers";
import type { State } from "./state";
import { fullName, type Repository, type Webhook } from "./store";

export function createActivity(state: State, deliveries: Deliveries<Repository, Webhook>): Activity<Repository> {
  const context = (): SerializerContext => ({ baseUrl: state.base(), switches: state.switches });
  const deliver = async (repository: Repository, payload: Payload | undefined) =>
    payload === undefined ? [] : deliveries.deliver(repository, payload.event, createBody(context(), payload, state.clock.now()));
  return new Activity<Repository>(
    {
      commenter: COMMENTER,
      nameOf: fullName,
      mainBranchOf: (repository) => repository.defaultBranch,
      setMainBranch: (repository, branch) => {
        repository.defaultBranch = branch;
      },
      publishPush: (repository, push) => deliver(repository, createPushPayload(context(), repository, push)),
      publishPullRequest: (repository, pullRequest, change) =>
        deliver(repository, createPullRequestPayload(context(), repository, pullRequest, change)),
    },
    state.clock,
  );
}
