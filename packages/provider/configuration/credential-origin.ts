/**
 * A credential from the environment belongs to the address of the environment. A change of the configuration must not be able to send it
 * elsewhere.
 */
import { parsedUrl, problem } from "../../domain";
import { accountOfToken } from "../../clients";
import type { LoginSystem } from "./login-systems";
import type { Environment } from "./provider-variables";
import type { Setting } from "./settings";

/** The address to which credentials of the environment belong; undefined if the environment does not say. */
export interface OwnAddress {
  readonly address: string;
  /** Where it is set, for messages. */
  readonly name: string;
  /** The variable that can name another address; null for a token, which names its account itself. */
  readonly variable: string | null;
}

/** @param token the value of an `api_token` of Spacelift, which names its account itself */
export function ownAddress(system: LoginSystem, environment: Environment, token?: Setting): OwnAddress | undefined {
  if (token?.value != null && system.name === "spacelift")
    return { address: accountOfToken(token.value, token.at, token.name), name: `the account in ${token.name}`, variable: null };
  const variable = system.variables[system.address] ?? "";
  const address = environment[variable] || undefined;
  if (address !== undefined) return { address, name: variable, variable };
  if (system.defaultAddress === null) return undefined;
  return { address: system.defaultAddress, name: `the default address of ${system.title}`, variable };
}

/** Whether both addresses have the same origin. An address that cannot be read has none. */
export function isSameOrigin(left: string, right: string): boolean {
  const origin = parsedUrl(left.trim())?.origin;
  return origin !== undefined && origin === parsedUrl(right.trim())?.origin;
}

/**
 * Called for an address that is in use. If the environment names no address, only BITLIFT_ALLOWED_HOSTS, which was checked before, limits it.
 * @throws Problem `credential-address-mismatch`
 */
export function requireOwnAddress(
  system: LoginSystem,
  { setting, address }: { readonly setting: Setting; readonly address: string },
  secret: Setting,
  environment: Environment,
): void {
  if (setting.origin !== "block" || secret.origin !== "environment") return;
  const own = ownAddress(system, environment, secret.variable === system.variables["api_token"] ? secret : undefined);
  if (own === undefined || isSameOrigin(own.address, address)) return;
  throw credentialElsewhere(system, { setting, address }, secret, own);
}

function credentialElsewhere(
  system: LoginSystem,
  { setting, address }: { readonly setting: Setting; readonly address: string },
  secret: Setting,
  own: OwnAddress,
) {
  const { host } = new URL(address);
  const alternative =
    own.variable === null
      ? ""
      : ` If ${secret.name} is meant for ${host}, set ${own.variable} to ${address} in the environment of this command.`;
  return problem("credential-address-mismatch", {
    why: `${setting.name} is ${address}, but ${secret.name} in the environment belongs to ${own.address} (${own.name}). It is not sent to ${host}.`,
    fix: `Correct ${system.address} in the ${system.name} block, or set a credential for ${host} in that block.${alternative}`,
    at: setting.at,
  });
}
