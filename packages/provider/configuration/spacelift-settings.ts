/** The provider's Spacelift credential, from the provider block or the environment. */
import { completeCredentials, describeForms, problem, PROVIDER_LOGINS } from "../../domain";
import type { Unknown } from "../../terraform-plugin";
import type { SpaceliftCredentials } from "../../clients";
import { readBlock, readVariables, type BlockValues } from "./block-values";
import { parseHttpAddress } from "./http-address";
import { PROVIDER_VARIABLES, type Environment } from "./provider-variables";

export type SpaceliftBlock = BlockValues<
  "endpoint" | "api_key_id" | "api_key_secret" | "api_key_secret_env" | "api_token" | "api_token_env"
>;

const VARIABLES = PROVIDER_VARIABLES.spacelift;
const [API_KEY] = PROVIDER_LOGINS.spacelift;

/**
 * A block replaces the environment. In the environment, an API key takes precedence over a token.
 * @throws Problem `spacelift-not-configured`, `spacelift-credentials-conflict`, `provider-configuration-unknown`
 */
export function spaceliftCredentials(block: SpaceliftBlock | null | Unknown, environment: Environment): SpaceliftCredentials {
  const values = block === null ? readVariables(VARIABLES, environment) : readBlock("spacelift", block, environment);
  const missing = API_KEY.fields.filter((name) => values[name] === null);
  if (block !== null && values.api_token !== null && missing.length < API_KEY.fields.length) {
    throw problem("spacelift-credentials-conflict", {
      why: "The spacelift block contains an api_token and parts of an API key.",
      fix: `Keep only one of: ${describeForms(PROVIDER_LOGINS.spacelift)}.`,
      at: ["spacelift"],
    });
  }
  const [credential] = completeCredentials(PROVIDER_LOGINS.spacelift, values);
  if (credential === undefined) throw notConfigured(missing, block === null);
  if (!("endpoint" in credential)) return credential;
  return { ...credential, endpoint: parseHttpAddress(credential.endpoint, ["spacelift", "endpoint"], VARIABLES.endpoint) };
}

function notConfigured(missing: readonly (typeof API_KEY.fields)[number][], fromEnvironment: boolean) {
  const origin = fromEnvironment ? "the environment" : "the provider's spacelift block";
  const names = missing.map((name) => (fromEnvironment ? VARIABLES[name] : name)).join(", ");
  return problem("spacelift-not-configured", {
    why:
      missing.length === API_KEY.fields.length
        ? `No Spacelift credential is set in ${origin}.`
        : `The API key in ${origin} is incomplete. Missing: ${names}.`,
    fix:
      "Set SPACELIFT_API_KEY_ENDPOINT (https://<account>.app.spacelift.io), SPACELIFT_API_KEY_ID, and SPACELIFT_API_KEY_SECRET; or set SPACELIFT_API_TOKEN; " +
      "or add a spacelift block to the provider. Inside a Spacelift run, the token is already set.",
    at: fromEnvironment ? [] : ["spacelift"],
  });
}
