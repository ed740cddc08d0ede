// The rate limit: a rolling window per credential and group of operations, and one window for all requests without a credential.
import type { Clock } from "../../core/clock";
import type { SandboxResponse } from "../../core/service";
import type { Credential } from "./credentials";
import { errors } from "./errors";
import type { Switches } from "./switches";

/** Webhooks have a separate budget, which Bitbucket never scales. */
export type RateGroup = "webhooks" | "repositories" | "other";

const BURST_WINDOW = 1000;

interface WindowUsage {
  readonly limit: number;
  readonly remaining: number;
  /** Until the next request fits, or until the oldest request leaves the window. */
  readonly waitSeconds: number;
  readonly rejected: boolean;
}

export interface RateLimitResult {
  /** Sent instead of running the operation, if the budget is used up. */
  readonly rejection?: SandboxResponse;
  /** For the response of the operation. */
  readonly headers: Readonly<Record<string, string>>;
}

export class RateLimits {
  readonly #clock: Clock;
  readonly #switches: Readonly<Switches>;
  /** Times of requests. */
  readonly #windows = new Map<string, number[]>();

  constructor(clock: Clock, switches: Readonly<Switches>) {
    this.#clock = clock;
    this.#switches = switches;
  }

  clear(): void {
    this.#windows.clear();
  }

  /** Counts the request; undefined while the limit is off. */
  take(caller: Credential | undefined, group: RateGroup): RateLimitResult | undefined {
    if (this.#switches["rate-limit"] === "off") return undefined;
    const usage = this.#count(caller, group);
    const headers = this.#headers(group, usage);
    return usage.rejected ? { headers, rejection: withHeaders(errors.rateLimited(this.#switches["rate-body"]), headers) } : { headers };
  }

  #count(caller: Credential | undefined, group: RateGroup): WindowUsage {
    const now = this.#clock.now();
    const length = this.#switches["rate-window"] * 1000;
    const limit = this.#switches[caller === undefined ? "rate-anonymous" : "rate-budget"];
    const burst = this.#switches["rate-burst"];
    const requests = this.#window(caller === undefined ? "anonymous" : `${caller.uuid} ${group}`, now, length);
    const isUsedUp = requests.length >= limit;
    const isBurst = burst > 0 && requests.filter((time) => time > now - BURST_WINDOW).length >= burst;
    const rejected = isUsedUp || isBurst;
    if (!rejected) requests.push(now);
    // The next request fits once the request that fills the budget has left the window.
    const blocking = requests[Math.max(0, requests.length - Math.max(limit, 1))] ?? now;
    const wait = isBurst && !isUsedUp ? BURST_WINDOW : blocking + length - now;
    return { limit, rejected, remaining: Math.max(0, limit - requests.length), waitSeconds: Math.max(1, Math.ceil(wait / 1000)) };
  }

  /** The times of requests that still count. If the clock was set back, later times do not count. */
  #window(key: string, now: number, length: number): number[] {
    const times = (this.#windows.get(key) ?? []).filter((time) => time > now - length && time <= now);
    this.#windows.set(key, times);
    return times;
  }

  #headers(group: RateGroup, { limit, remaining, waitSeconds, rejected }: WindowUsage): Record<string, string> {
    switch (this.#switches["rate-headers"]) {
      case "none":
        return {};
      case "envoy":
        return {
          "x-ratelimit-limit": `${limit}, ${limit};w=${this.#switches["rate-window"]}`,
          "x-ratelimit-remaining": `${remaining}`,
          "x-ratelimit-reset": `${waitSeconds}`,
        };
      case "scaled":
        return {
          "x-ratelimit-limit": `${limit}`,
          "x-ratelimit-resource": group === "webhooks" ? "webhook" : "repository",
          "x-ratelimit-nearlimit": `${remaining < limit / 5}`,
        };
      case "retry-after":
        return rejected ? { "retry-after": `${waitSeconds}` } : {};
    }
  }
}

export function withHeaders(response: SandboxResponse, headers: Readonly<Record<string, string>>): SandboxResponse {
  return { ...response, headers: { ...response.headers, ...headers } };
}
