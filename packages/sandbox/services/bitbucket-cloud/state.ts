// The state that all operations of the emulated Bitbucket Cloud work on.
import type { Clock } from "../../core/clock";
import type { Credentials } from "./credentials";
import type { Pipelines } from "./pipelines";
import type { RateLimits } from "./rate-limit";
import type { Store } from "./store";
import type { Switches } from "./switches";

/** `store` and `credentials` are replaced when the sandbox is reset or seeded. */
export interface State {
  store: Store;
  credentials: Credentials;
  readonly rates: RateLimits;
  readonly pipelines: Pipelines;
  readonly switches: Switches;
  readonly clock: Clock;
  /** The origin of this service. */
  origin(): string;
  /** The address of the proxy of Pipelines; empty without one. */
  pipelinesProxy(): string;
  /** The origins of the paired Spacelift: only deliveries to these are actually sent. */
  paired(): readonly string[];
}
