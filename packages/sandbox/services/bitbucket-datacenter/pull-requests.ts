// Bitbucket Data Center's events of pushes and pull requests.
import type { Deliveries } from "../../core/deliveries";
import { Activity } from "../../core/activity";
import type { State } from "./operation";
import { createBody, createPullRequestPayload, createPushPayload, type Payload } from "./payloads";
import { fullName, type Webhook, type Repository } from "./store";
import type { SerializerContext } from "./serializers";

export function createActivity(state: State, deliveries: Deliveries<Repository, Webhook>): Activity<Repository> {
  const seen = (): SerializerContext => ({ baseUrl: state.base(), switches: state.switches });
  const deliver = async (repository: Repository, told: Payload | undefined) =>
    told === undefined ? [] : deliveries.deliver(repository, told.event, createBody(seen(), told, state.clock.now()));
  return new Activity<Repository>(
    {
      nameOf: fullName,
      mainBranchOf: (repository) => repository.defaultBranch,
      setMainBranch: (repository, branch) => {
        repository.defaultBranch = branch;
      },
      publishPush: (repository, push) => deliver(repository, createPushPayload(seen(), repository, push)),
      publishPullRequest: (repository, one, change) => deliver(repository, createPullRequestPayload(seen(), repository, one, change)),
    },
    state.clock,
  );
}
