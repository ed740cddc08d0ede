/** From the provider block and the environment to settings: which credential, which host, which limits. */
import { problem } from "../diagnostics";
import { UNKNOWN, type Unknown } from "../tfplugin";
import type { CloudCredentials } from "../api/bitbucket-cloud/client";
import type { SpaceliftCredentials } from "../api/spacelift/client";

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A block's attributes as the engine sends them; null where unset. */
export type BlockValues<Name extends string> = { readonly [K in Name]: string | null | Unknown };
export type SpaceliftBlock = BlockValues<
  "endpoint" | "api_key_id" | "api_key_secret" | "api_key_secret_env" | "api_token" | "api_token_env"
>;
export type BitbucketCloudBlock = BlockValues<
  "access_token" | "access_token_env" | "email" | "api_token" | "api_token_env" | "username" | "password" | "password_env" | "base_url"
>;

/** The environment variables of the provider itself, per setting. */
export const PROVIDER_VARIABLES = {
  spacelift: {
    endpoint: "SPACELIFT_API_KEY_ENDPOINT",
    api_key_id: "SPACELIFT_API_KEY_ID",
    api_key_secret: "SPACELIFT_API_KEY_SECRET",
    api_token: "SPACELIFT_API_TOKEN",
  },
  bitbucket_cloud: {
    access_token: "BITBUCKET_ACCESS_TOKEN",
    email: "BITBUCKET_EMAIL",
    api_token: "BITBUCKET_API_TOKEN",
    username: "BITBUCKET_USERNAME",
    password: "BITBUCKET_PASSWORD",
    base_url: "BITBUCKET_API_URL",
  },
  limits: {
    rate_limit_max_wait: "BITLIFT_RATE_LIMIT_MAX_WAIT",
    request_timeout: "BITLIFT_REQUEST_TIMEOUT",
    max_concurrent_requests: "BITLIFT_MAX_CONCURRENT_REQUESTS",
  },
} as const;

const BITBUCKET_CLOUD_API = "https://api.bitbucket.org/2.0";

/** True when the name is one that the provider reads for its own credentials. */
export function isProviderVariable(name: string): boolean {
  return [PROVIDER_VARIABLES.spacelift, PROVIDER_VARIABLES.bitbucket_cloud].some((group) =>
    Object.values(group).some((own) => own === name),
  );
}

/**
 * Spacelift's credential. A block that is given wins as a whole; otherwise the environment, an API key before a token.
 * @throws Problem `spacelift-not-configured`, `spacelift-credentials-mixed`, `provider-configuration-unknown`.
 */
export function spaceliftCredentials(block: SpaceliftBlock | null | Unknown, environment: Environment): SpaceliftCredentials {
  const from = block === null ? read(PROVIDER_VARIABLES.spacelift, environment) : written("spacelift", block, environment);
  const origin = block === null ? "the environment" : "the provider's spacelift block";
  const key = [from.endpoint, from.api_key_id, from.api_key_secret];
  if (block !== null && from.api_token !== null && key.some((part) => part !== null)) {
    throw problem("spacelift-credentials-mixed", {
      why: "The spacelift block has an api_token and parts of an API key.",
      fix: "Keep either api_token, or endpoint with api_key_id and api_key_secret.",
      at: ["spacelift"],
    });
  }
  if (from.endpoint !== null && from.api_key_id !== null && from.api_key_secret !== null) {
    return {
      endpoint: httpUrl(from.endpoint, ["spacelift", "endpoint"], PROVIDER_VARIABLES.spacelift.endpoint),
      apiKeyId: from.api_key_id,
      apiKeySecret: from.api_key_secret,
    };
  }
  if (from.api_token !== null) return { apiToken: from.api_token };
  const missing = Object.entries(PROVIDER_VARIABLES.spacelift).filter(
    ([name]) => name !== "api_token" && from[name as keyof typeof PROVIDER_VARIABLES.spacelift] === null,
  );
  const names = missing.map(([name, variable]) => (block === null ? variable : name)).join(", ");
  throw problem("spacelift-not-configured", {
    why: key.every((part) => part === null)
      ? `There is no Spacelift credential in ${origin}.`
      : `The API key in ${origin} is incomplete: ${names} missing.`,
    fix:
      "Set SPACELIFT_API_KEY_ENDPOINT (https://<account>.app.spacelift.io), SPACELIFT_API_KEY_ID and SPACELIFT_API_KEY_SECRET, or SPACELIFT_API_TOKEN, " +
      "or write a spacelift block. Inside a Spacelift run the token is set already.",
    at: block === null ? [] : ["spacelift"],
  });
}

/**
 * Bitbucket Cloud's credential and API address. A block wins as a whole; in the environment an access token goes before
 * email with API token, that before user name with password.
 * @throws Problem `bitbucket-cloud-not-configured`, `bitbucket-credentials-mixed`, `provider-configuration-unknown`.
 */
export function bitbucketCloudCredentials(
  block: BitbucketCloudBlock | null | Unknown,
  environment: Environment,
): { readonly credentials: CloudCredentials; readonly baseUrl: string } {
  const variables = read(PROVIDER_VARIABLES.bitbucket_cloud, environment);
  const from = block === null ? variables : written("bitbucket_cloud", block, environment);
  const forms: CloudCredentials[] = [];
  if (from.access_token !== null) forms.push({ accessToken: from.access_token });
  if (from.email !== null && from.api_token !== null) forms.push({ email: from.email, apiToken: from.api_token });
  if (from.username !== null && from.password !== null) forms.push({ username: from.username, password: from.password });
  const [first] = forms;
  if (block !== null && forms.length > 1) {
    throw problem("bitbucket-credentials-mixed", {
      why: "The bitbucket_cloud block has more than one credential.",
      fix: "Keep one of: access_token; email with api_token; username with password.",
      at: ["bitbucket_cloud"],
    });
  }
  if (first === undefined) {
    throw problem("bitbucket-cloud-not-configured", {
      why: `There is no complete Bitbucket Cloud credential in ${block === null ? "the environment" : "the provider's bitbucket_cloud block"}.`,
      fix:
        "Set BITBUCKET_ACCESS_TOKEN, or BITBUCKET_EMAIL with BITBUCKET_API_TOKEN, or write a bitbucket_cloud block. The credential needs to read, write and " +
        "delete webhooks and to read repositories, as an administrator of the repositories.",
      at: block === null ? [] : ["bitbucket_cloud"],
    });
  }
  const baseUrl = from.base_url ?? variables.base_url ?? BITBUCKET_CLOUD_API;
  return { credentials: first, baseUrl: httpUrl(baseUrl, ["bitbucket_cloud", "base_url"], PROVIDER_VARIABLES.bitbucket_cloud.base_url) };
}

/** Limits that hold for every remote system. Times in milliseconds. */
export interface Limits {
  readonly rateLimitMaxWaitMs: number;
  readonly requestTimeoutMs: number;
  readonly maxConcurrentRequests: number;
}

/** The limits from the block, else the environment, else the defaults. @throws Problem `provider-setting-invalid`. */
export function limits(
  block: {
    readonly rate_limit_max_wait: string | null | Unknown;
    readonly request_timeout: string | null | Unknown;
    readonly max_concurrent_requests: number | null | Unknown;
  },
  environment: Environment,
): Limits {
  const text = (name: keyof typeof PROVIDER_VARIABLES.limits, fallback: string): string => {
    const value = block[name];
    return value === null || value === UNKNOWN ? environment[PROVIDER_VARIABLES.limits[name]] || fallback : String(value);
  };
  const concurrent = Number(text("max_concurrent_requests", "8"));
  if (!Number.isInteger(concurrent) || concurrent < 1)
    throw invalid("max_concurrent_requests", text("max_concurrent_requests", ""), "a whole number from 1");
  return {
    rateLimitMaxWaitMs: duration("rate_limit_max_wait", text("rate_limit_max_wait", "1h")),
    requestTimeoutMs: duration("request_timeout", text("request_timeout", "30s")),
    maxConcurrentRequests: concurrent,
  };
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

function duration(setting: keyof typeof PROVIDER_VARIABLES.limits, text: string): number {
  const parts = [...text.matchAll(/(\d+)(ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join("") !== text)
    throw invalid(setting, text, "a duration such as 30s, 5m or 1h30m");
  return parts.reduce((total, part) => total + Number(part[1]) * (UNITS[part[2] ?? ""] ?? 0), 0);
}

function invalid(setting: keyof typeof PROVIDER_VARIABLES.limits, value: string, expected: string) {
  return problem("provider-setting-invalid", {
    why: `${setting} is "${value}", which is not ${expected}.`,
    fix: `Correct ${setting} in the provider block, or the variable ${PROVIDER_VARIABLES.limits[setting]}.`,
    at: [setting],
  });
}

function read<Name extends string>(
  variables: Readonly<Record<Name, string>>,
  environment: Environment,
): Readonly<Record<Name, string | null>> {
  const entries = Object.entries<string>(variables).map(([name, variable]) => [name, environment[variable] || null]);
  return Object.fromEntries(entries) as Readonly<Record<Name, string | null>>;
}

/** A block as it is written, each `<name>_env` replaced by what its variable holds. */
function written<Name extends string>(
  block: string,
  values: BlockValues<Name> | Unknown,
  environment: Environment,
): Readonly<Record<Name, string | null>> {
  if (values === UNKNOWN || Object.values(values).includes(UNKNOWN)) {
    throw problem("provider-configuration-unknown", {
      why: `A value in the provider's ${block} block depends on something that does not exist yet, so ${block} cannot be asked.`,
      fix: "Take the value from a variable or from the environment, or apply what it depends on first (-target).",
      at: [block],
    });
  }
  const given = Object.fromEntries(
    Object.entries<string | null | Unknown>(values).map(([name, value]) => [
      name,
      typeof value === "string" && value !== "" ? value : null,
    ]),
  );
  for (const [name, variable] of Object.entries(given)) {
    if (!name.endsWith("_env") || variable === null) continue;
    const secret = name.slice(0, -"_env".length);
    const at = [block, name];
    if (given[secret] != null) {
      throw problem(block === "spacelift" ? "spacelift-credentials-mixed" : "bitbucket-credentials-mixed", {
        why: `The ${block} block has both ${secret} and ${name}.`,
        fix: `Keep one of them.`,
        at,
      });
    }
    given[secret] = environment[variable] || null;
    if (given[secret] === null) {
      throw problem("credential-environment-unset", {
        why: `${block}.${name} names an environment variable that is not set (or empty) where the provider runs${/^[A-Z_][A-Z0-9_]*$/.test(variable) ? `: ${variable}` : ""}.`,
        fix: "Set the variable in the environment of this command.",
        at,
      });
    }
  }
  return given as Readonly<Record<Name, string | null>>;
}

function httpUrl(text: string, at: readonly string[], variable: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw problem("provider-setting-invalid", {
      why: `"${text}" is not an http or https address.`,
      fix: `Write the whole address, beginning with https://, in ${at.join(".")} or ${variable}.`,
      at,
    });
  }
  if (url.username !== "" || url.password !== "") {
    throw problem("provider-setting-invalid", {
      why: `The address in ${at.join(".")} carries a user name or password.`,
      fix: "Use the credential settings instead.",
      at,
    });
  }
  return text.replace(/\/+$/, "");
}
