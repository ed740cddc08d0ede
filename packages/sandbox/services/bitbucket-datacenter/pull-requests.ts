// Bitbucket Data Center's events of pushes and pull requests.
import type { Deliveries } from "../../core/deliveries";
import { Activity } from "../../core/activity";
import type { State } from "./operation";
import { payloadOf, pullRequestTold, pushTold, type Told } from "./payloads";
import { fullName, type Hook, type Repository } from "./store";
import type { Seen } from "./views";

export function datacenterActivity(state: State, deliveries: Deliveries<Repository, Hook>): Activity<Repository> {
  const seen = (): Seen => ({ base: state.base(), switches: state.switches });
  const deliver = async (repository: Repository, told: Told | undefined) =>
    told === undefined ? [] : deliveries.deliver(repository, told.event, payloadOf(seen(), told, state.clock.now()));
  return new Activity<Repository>(
    {
      nameOf: fullName,
      mainBranchOf: (repository) => repository.defaultBranch,
      setMainBranch: (repository, branch) => {
        repository.defaultBranch = branch;
      },
      publishPush: (repository, push) => deliver(repository, pushTold(seen(), repository, push)),
      publishPullRequest: (repository, one, change) => deliver(repository, pullRequestTold(seen(), repository, one, change)),
    },
    state.clock,
  );
}
