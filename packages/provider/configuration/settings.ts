/** From the provider block and the environment to settings: which credential for Spacelift, which limits, and how a block is read. */
import { problem } from "../../domain";
import { UNKNOWN, type Unknown } from "../../terraform-plugin";
import type { SpaceliftCredentials } from "../../clients";

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A block's attributes as the engine sends them; null where unset. */
export type BlockValues<Name extends string> = { readonly [K in Name]: string | null | Unknown };
export type SpaceliftBlock = BlockValues<
  "endpoint" | "api_key_id" | "api_key_secret" | "api_key_secret_env" | "api_token" | "api_token_env"
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
  bitbucket_datacenter: {
    url: "BITBUCKET_DATACENTER_URL",
    access_token: "BITBUCKET_DATACENTER_TOKEN",
    username: "BITBUCKET_DATACENTER_USERNAME",
    password: "BITBUCKET_DATACENTER_PASSWORD",
    ca_certificate: "BITBUCKET_DATACENTER_CA_CERTIFICATE",
  },
  limits: {
    rate_limit_max_wait: "BITLIFT_RATE_LIMIT_MAX_WAIT",
    request_timeout: "BITLIFT_REQUEST_TIMEOUT",
    max_concurrent_requests: "BITLIFT_MAX_CONCURRENT_REQUESTS",
  },
} as const;

/** True when the name is one that the provider reads for its own credentials. */
export function isProviderVariable(name: string): boolean {
  const { spacelift, bitbucket_cloud, bitbucket_datacenter } = PROVIDER_VARIABLES;
  return [spacelift, bitbucket_cloud, bitbucket_datacenter].some((group) => Object.values(group).some((own) => own === name));
}

/**
 * Spacelift's credential. A block that is given wins as a whole; otherwise the environment, an API key before a token.
 * @throws Problem `spacelift-not-configured`, `spacelift-credentials-conflict`, `provider-configuration-unknown`.
 */
export function spaceliftCredentials(block: SpaceliftBlock | null | Unknown, environment: Environment): SpaceliftCredentials {
  const from = block === null ? read(PROVIDER_VARIABLES.spacelift, environment) : written("spacelift", block, environment);
  const origin = block === null ? "the environment" : "the provider's spacelift block";
  const key = [from.endpoint, from.api_key_id, from.api_key_secret];
  if (block !== null && from.api_token !== null && key.some((part) => part !== null)) {
    throw problem("spacelift-credentials-conflict", {
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

/** What the environment has of the variables; null where one is unset or empty. */
export function read<Name extends string>(
  variables: Readonly<Record<Name, string>>,
  environment: Environment,
): Readonly<Record<Name, string | null>> {
  const entries = Object.entries<string>(variables).map(([name, variable]) => [name, environment[variable] || null]);
  return Object.fromEntries(entries) as Readonly<Record<Name, string | null>>;
}

/** A block as it is written, each `<name>_env` replaced by what its variable holds. */
export function written<Name extends string>(
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
      throw problem(block === "spacelift" ? "spacelift-credentials-conflict" : "bitbucket-credentials-conflict", {
        why: `The ${block} block has both ${secret} and ${name}.`,
        fix: `Keep one of them.`,
        at,
      });
    }
    given[secret] = environment[variable] || null;
    if (given[secret] === null) {
      throw problem("credential-variable-not-set", {
        why: `${block}.${name}${serverIn(given)} names an environment variable that is not set (or empty) where the provider runs${/^[A-Z_][A-Z0-9_]*$/.test(variable) ? `: ${variable}` : ""}.`,
        fix: "Set the variable in the environment of this command.",
        at,
      });
    }
  }
  return given as Readonly<Record<Name, string | null>>;
}

/** With several servers, which one a message is about; nothing of an address but its host. */
function serverIn(values: Readonly<Record<string, string | null>>): string {
  const url = values["url"] ?? "";
  return URL.canParse(url) ? ` (for ${new URL(url).host})` : "";
}

/** An address without a slash at its end. One with an @ may carry a password, and is never repeated. @throws Problem `provider-setting-invalid`. */
export function httpUrl(text: string, at: readonly string[], variable: string): string {
  const invalid = (why: string, fix: string) => problem("provider-setting-invalid", { why, fix, at });
  const address = text.trim();
  const shown = address.includes("@") ? `The address in ${at.join(".")}` : `"${address}"`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw invalid(
      `${shown} is not an http or https address.`,
      `Write the whole address, beginning with https://, in ${at.join(".")} or ${variable}.`,
    );
  }
  if (url.username !== "" || url.password !== "")
    throw invalid(`${shown} carries a user name or password.`, "Use the credential settings instead.");
  if (/[?#]/.test(address)) throw invalid(`${shown} has more than a host and a path.`, "Remove what follows ? or #.");
  return address.replace(/\/+$/, "");
}
