// A bucket of requests for each user that fills up steadily; requests without a credential are never counted.
import type { Clock } from "../../core/clock";
import type { Caller } from "./credentials";
import type { Switches } from "./switches";

interface Bucket {
  remaining: number;
  time: number;
}

export class RateLimits {
  readonly #buckets = new Map<string, Bucket>();

  constructor(
    private readonly clock: Clock,
    private readonly switches: Readonly<Switches>,
  ) {}

  clear(): void {
    this.#buckets.clear();
  }

  /** For every response to the caller. */
  headers(caller: Caller | undefined): Readonly<Record<string, string>> {
    if (caller === undefined || this.switches["rate-limit"] === "off" || this.switches["rate-headers"] === "none") return {};
    const { "rate-capacity": capacity, "rate-fill": fill } = this.switches;
    return {
      "retry-after": "0",
      "x-ratelimit-limit": String(capacity),
      "x-ratelimit-remaining": String(Math.floor(this.#buckets.get(caller.name)?.remaining ?? capacity)),
      "x-ratelimit-fillrate": String(fill),
      "x-ratelimit-interval-seconds": "1",
    };
  }

  /** Takes one request out; when there is none, seconds until there is. */
  take(caller: Caller | undefined): number | undefined {
    if (caller === undefined || this.switches["rate-limit"] === "off") return undefined;
    const { "rate-capacity": capacity, "rate-fill": fill } = this.switches;
    const now = this.clock.now();
    const bucket = this.#buckets.get(caller.name) ?? { remaining: capacity, time: now };
    // A clock that was set back fills nothing.
    bucket.remaining = Math.min(capacity, bucket.remaining + (Math.max(0, now - bucket.time) / 1000) * fill);
    bucket.time = now;
    this.#buckets.set(caller.name, bucket);
    if (bucket.remaining < 1) return Math.max(1, Math.ceil((1 - bucket.remaining) / fill));
    bucket.remaining -= 1;
    return undefined;
  }
}
