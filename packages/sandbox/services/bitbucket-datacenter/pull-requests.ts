// Bitbucket Data Center's events of pushes and pull requests.
import type { Deliveries } from "../../core/delivery";
import { Activity } from "../../core/pull-requests";
import type { State } from "./operation";
import { payloadOf, pullRequestTold, pushTold, type Told } from "./payloads";
import { fullName, type Hook, type Repository } from "./store";
import type { Seen } from "./serializers";

export function datacenterActivity(state: State, deliveries: Deliveries<Repository, Hook>): Activity<Repository> {
  const seen = (): Seen => ({ base: state.base(), switches: state.switches });
  const deliver = async (repository: Repository, told: Told | undefined) =>
    told === undefined ? [] : deliveries.deliver(repository, told.event, payloadOf(seen(), told, state.clock.now()));
  return new Activity<Repository>(
    {
      nameOf: fullName,
      mainBranchOf: (repository) => repository.defaultBranch,
      makeMain: (repository, branch) => {
        repository.defaultBranch = branch;
      },
      push: (repository, push) => deliver(repository, pushTold(seen(), repository, push)),
      pullRequest: (repository, one, change) => deliver(repository, pullRequestTold(seen(), repository, one, change)),
    },
    state.clock,
  );
}
