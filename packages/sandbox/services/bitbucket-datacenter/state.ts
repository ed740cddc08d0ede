// The state that all operations of the emulated Bitbucket Data Center work on.
import type { Clock } from "../../core/clock";
import type { Credentials } from "./credentials";
import type { Invocations } from "./invocations";
import type { RateLimits } from "./rate-limit";
import type { Store } from "./store";
import type { Switches } from "./switches";

/** `store` and `credentials` are replaced when the sandbox is reset or seeded. */
export interface State {
  store: Store;
  credentials: Credentials;
  readonly rates: RateLimits;
  readonly invocations: Invocations;
  readonly switches: Switches;
  readonly clock: Clock;
  /** Below the origin: "/bitbucket", or "". */
  readonly contextPath: string;
  /** Makes values that differ between responses, such as request ids. */
  responseCount: number;
  /** Origin and context path. */
  base(): string;
  /** The origins of the paired Spacelift: only deliveries to these are actually sent. */
  paired(): readonly string[];
}
