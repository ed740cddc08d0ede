/** The limits that apply to requests to every remote system, and to what a plan looks up. */
import { durationIn, problem } from "../../domain";
import { UNKNOWN, type Unknown } from "../../terraform-plugin";
import { PROVIDER_VARIABLES, type Environment } from "./provider-variables";

/** Times are in milliseconds. */
export interface Limits {
  readonly rateLimitMaxWaitMs: number;
  readonly requestTimeoutMs: number;
  readonly maxConcurrentRequests: number;
  /** Repositories that a plan may look up before it creates webhooks in them. */
  readonly lookBeforeCreate: number;
}

type LimitName = keyof typeof PROVIDER_VARIABLES.limits;

/** The arguments of the provider block. */
interface LimitArguments {
  readonly rate_limit_max_wait: string | null | Unknown;
  readonly request_timeout: string | null | Unknown;
  readonly max_concurrent_requests: number | null | Unknown;
  readonly look_before_create: number | null | Unknown;
}

/** The provider block takes precedence over the environment, the environment over the defaults. @throws Problem `provider-setting-invalid` */
export function readLimits(block: LimitArguments, environment: Environment): Limits {
  const setting = (name: LimitName, defaultValue: string): string => {
    const value = block[name];
    return value === null || value === UNKNOWN ? environment[PROVIDER_VARIABLES.limits[name]] || defaultValue : `${value}`;
  };
  return {
    rateLimitMaxWaitMs: parseDuration("rate_limit_max_wait", setting("rate_limit_max_wait", "1h")),
    requestTimeoutMs: parseDuration("request_timeout", setting("request_timeout", "30s")),
    maxConcurrentRequests: parseCount("max_concurrent_requests", setting("max_concurrent_requests", "8"), 1),
    lookBeforeCreate: parseCount("look_before_create", setting("look_before_create", "100"), 0),
  };
}

function parseCount(name: LimitName, text: string, minimum: number): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < minimum) throw invalidLimit(name, text, `a whole number of ${minimum} or more`);
  return count;
}

function parseDuration(name: LimitName, text: string): number {
  const duration = durationIn(text);
  if (duration === undefined) throw invalidLimit(name, text, "a duration such as 30s, 5m, or 1h30m");
  return duration;
}

function invalidLimit(name: LimitName, value: string, expected: string) {
  return problem("provider-setting-invalid", {
    why: `${name} is "${value}", which is not ${expected}.`,
    fix: `Correct ${name} in the provider block or in the environment variable ${PROVIDER_VARIABLES.limits[name]}.`,
    at: [name],
  });
}
