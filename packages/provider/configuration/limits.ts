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
  const setting = (name: LimitName, defaultValue: string): LimitSetting => {
    const value = block[name];
    if (value !== null && value !== UNKNOWN) return { name, text: `${value}`, at: [name] };
    const variable = PROVIDER_VARIABLES.limits[name];
    return { name: variable, text: environment[variable] || defaultValue, at: [] };
  };
  return {
    rateLimitMaxWaitMs: parseDuration(setting("rate_limit_max_wait", "1h")),
    requestTimeoutMs: parseDuration(setting("request_timeout", "30s")),
    maxConcurrentRequests: parseCount(setting("max_concurrent_requests", "8"), 1),
    lookBeforeCreate: parseCount(setting("look_before_create", "100"), 0),
  };
}

/** A limit with the place where it is set. */
interface LimitSetting {
  /** The argument or the variable. */
  readonly name: string;
  readonly text: string;
  /** Path of the argument; empty for a variable. */
  readonly at: readonly string[];
}

function parseCount(setting: LimitSetting, minimum: number): number {
  const count = Number(setting.text);
  if (!Number.isInteger(count) || count < minimum)
    throw invalidLimit(setting, `a whole number of ${minimum} or more`, `${Math.max(minimum, 8)}`);
  return count;
}

function parseDuration(setting: LimitSetting): number {
  const duration = durationIn(setting.text);
  if (duration === undefined) throw invalidLimit(setting, "a duration", "30s, 5m, or 1h30m");
  return duration;
}

function invalidLimit({ name, text, at }: LimitSetting, expected: string, example: string) {
  return problem("provider-setting-invalid", {
    why: `${name} is "${text}", which is not ${expected}.`,
    fix: `Set ${name} to ${expected}, such as ${example}.`,
    at,
  });
}
