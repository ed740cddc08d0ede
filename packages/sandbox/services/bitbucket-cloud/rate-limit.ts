// Rolling windows of requests: one per credential and group of operations, and one for everybody without a credential.
import type { Clock } from "../../core/clock";
import type { SandboxResponse } from "../../core/service";
import type { Credential } from "./credentials";
import { errors } from "./errors";
import type { Switches } from "./switches";

/** Webhooks have a budget of their own, which Bitbucket never scales. */
export type RateGroup = "webhooks" | "repositories" | "other";

const BURST_WINDOW = 1000;

interface WindowUsage {
  readonly limit: number;
  readonly remaining: number;
  /** Until a request fits again, or the oldest one leaves the window. */
  readonly waitSeconds: number;
  readonly rejected: boolean;
}

export interface RateLimitResult {
  /** The answer in place of the operation's, when there is nothing left. */
  readonly rejection?: SandboxResponse;
  /** For the operation's answer. */
  readonly headers: Readonly<Record<string, string>>;
}

export class RateLimits {
  readonly #windows = new Map<string, number[]>();

  constructor(
    private readonly clock: Clock,
    private readonly switches: Readonly<Switches>,
  ) {}

  clear(): void {
    this.#windows.clear();
  }

  /** Counts the request; undefined while the limit is off. */
  take(caller: Credential | undefined, group: RateGroup): RateLimitResult | undefined {
    if (this.switches["rate-limit"] === "off") return undefined;
    const standing = this.#count(caller, group);
    const headers = this.#headers(group, standing);
    return standing.rejected ? { headers, rejection: withHeaders(errors.rateLimited(this.switches["rate-body"]), headers) } : { headers };
  }

  #count(caller: Credential | undefined, group: RateGroup): WindowUsage {
    const now = this.clock.now();
    const length = this.switches["rate-window"] * 1000;
    const limit = this.switches[caller === undefined ? "rate-anonymous" : "rate-budget"];
    const burst = this.switches["rate-burst"];
    const taken = this.#window(caller === undefined ? "anonymous" : `${caller.uuid} ${group}`, now, length);
    const spent = taken.length >= limit;
    const tooFast = burst > 0 && taken.filter((time) => time > now - BURST_WINDOW).length >= burst;
    const refused = spent || tooFast;
    if (!refused) taken.push(now);
    // The next request fits when the one that fills the window has left it.
    const leaving = taken[Math.max(0, taken.length - Math.max(limit, 1))] ?? now;
    const wait = tooFast && !spent ? BURST_WINDOW : leaving + length - now;
    return { limit, rejected: refused, remaining: Math.max(0, limit - taken.length), waitSeconds: Math.max(1, Math.ceil(wait / 1000)) };
  }

  /** Times of requests that still count; those after a clock that was set back do not. */
  #window(key: string, now: number, length: number): number[] {
    const kept = (this.#windows.get(key) ?? []).filter((time) => time > now - length && time <= now);
    this.#windows.set(key, kept);
    return kept;
  }

  #headers(group: RateGroup, { limit, remaining, waitSeconds: seconds, rejected: refused }: WindowUsage): Record<string, string> {
    switch (this.switches["rate-headers"]) {
      case "none":
        return {};
      case "envoy":
        return {
          "x-ratelimit-limit": `${limit}, ${limit};w=${this.switches["rate-window"]}`,
          "x-ratelimit-remaining": String(remaining),
          "x-ratelimit-reset": String(seconds),
        };
      case "scaled":
        return {
          "x-ratelimit-limit": String(limit),
          "x-ratelimit-resource": group === "webhooks" ? "webhook" : "repository",
          "x-ratelimit-nearlimit": String(remaining < limit / 5),
        };
      case "retry-after":
        return refused ? { "retry-after": String(seconds) } : {};
    }
  }
}

export function withHeaders(answer: SandboxResponse, headers: Readonly<Record<string, string>>): SandboxResponse {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
