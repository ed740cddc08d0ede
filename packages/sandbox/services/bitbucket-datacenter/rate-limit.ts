// The rate limit: a token bucket per user that refills steadily. Requests without a credential are never counted.
import type { Clock } from "../../core/clock";
import type { Caller } from "./credentials";
import type { Switches } from "./switches";

interface Bucket {
  remaining: number;
  time: number;
}

export class RateLimits {
  readonly #clock: Clock;
  readonly #switches: Readonly<Switches>;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock, switches: Readonly<Switches>) {
    this.#clock = clock;
    this.#switches = switches;
  }

  clear(): void {
    this.#buckets.clear();
  }

  /** For every response to the caller. */
  headers(caller: Caller | undefined): Readonly<Record<string, string>> {
    if (caller === undefined || this.#switches["rate-limit"] === "off" || this.#switches["rate-headers"] === "none") return {};
    const { "rate-capacity": capacity, "rate-fill": fillRate } = this.#switches;
    return {
      "retry-after": "0",
      "x-ratelimit-limit": `${capacity}`,
      "x-ratelimit-remaining": `${Math.floor(this.#buckets.get(caller.name)?.remaining ?? capacity)}`,
      "x-ratelimit-fillrate": `${fillRate}`,
      "x-ratelimit-interval-seconds": "1",
    };
  }

  /** Takes one request from the bucket. If the bucket is empty, returns the seconds until a request fits. */
  take(caller: Caller | undefined): number | undefined {
    if (caller === undefined || this.#switches["rate-limit"] === "off") return undefined;
    const { "rate-capacity": capacity, "rate-fill": fillRate } = this.#switches;
    const now = this.#clock.now();
    const bucket = this.#buckets.get(caller.name) ?? { remaining: capacity, time: now };
    // A clock that was set back refills nothing.
    bucket.remaining = Math.min(capacity, bucket.remaining + (Math.max(0, now - bucket.time) / 1000) * fillRate);
    bucket.time = now;
    this.#buckets.set(caller.name, bucket);
    if (bucket.remaining < 1) return Math.max(1, Math.ceil((1 - bucket.remaining) / fillRate));
    bucket.remaining -= 1;
    return undefined;
  }
}
