/** Blocks, environments, and tokens for the tests of logins. */
import { PROVIDER_LOGINS, type CredentialForm } from "../../../domain";
import type { Unknown } from "../../../terraform-plugin";
import { resolveLogin, type Login } from "../../configuration/login";
import { LOGIN_SYSTEMS, type LoginName } from "../../configuration/login-systems";
import type { Environment } from "../../configuration/provider-variables";
import type { LoginBlock } from "../../configuration/settings";

export const ACCOUNT = "https://acme.app.spacelift.io";
export const SERVER = "https://bitbucket.acme.example/bitbucket";
export const CLOUD_API = "https://api.bitbucket.org/2.0";

/** A token like those of Spacelift: three parts, the second of which names the account. */
export function spaceliftToken(audience: string): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value), "utf8").toString("base64url");
  return [encode({ alg: "none" }), encode({ aud: audience, exp: 4_102_444_800 }), "signature"].join(".");
}

export const TOKEN = spaceliftToken(ACCOUNT);

/** All arguments of a form of credential, with valid values. */
export const VALUES: Readonly<Record<string, string>> = {
  endpoint: ACCOUNT,
  api_key_id: "01KEY",
  api_key_secret: "key-secret",
  access_token: "access-token",
  email: "ci@acme.example",
  username: "ci",
  password: "pass word",
  url: SERVER,
};

/** `api_token` exists in two systems. */
export function valueOf(name: LoginName, argument: string): string {
  return argument === "api_token" ? (name === "spacelift" ? TOKEN : "api-token") : (VALUES[argument] ?? "");
}

export function resolve(name: LoginName, block: LoginBlock | null | Unknown, environment: Environment): Login<CredentialForm> {
  return resolveLogin<CredentialForm>(LOGIN_SYSTEMS[name], PROVIDER_LOGINS[name], block, environment);
}
