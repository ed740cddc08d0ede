/** The provider's logins, as the clients take them. */
import { PROVIDER_LOGINS } from "../../domain";
import type { CloudCredentials, DatacenterCredentials, SpaceliftCredentials } from "../../clients";
import type { Unknown } from "../../terraform-plugin";
import { resolveLogin, type Login } from "./login";
import { LOGIN_SYSTEMS } from "./login-systems";
import type { Environment } from "./provider-variables";
import type { BlockValues } from "./settings";

export type SpaceliftBlock = BlockValues<
  "endpoint" | "api_key_id" | "api_key_secret" | "api_key_secret_env" | "api_token" | "api_token_env" | "ca_certificate"
>;
export type BitbucketCloudBlock = BlockValues<
  | "access_token"
  | "access_token_env"
  | "email"
  | "api_token"
  | "api_token_env"
  | "username"
  | "password"
  | "password_env"
  | "base_url"
  | "ca_certificate"
>;
export type BitbucketDatacenterBlock = BlockValues<
  "url" | "access_token" | "access_token_env" | "username" | "password" | "password_env" | "ca_certificate"
>;

/** A login with the credential that a client takes. */
export interface ClientLogin<Credentials> {
  readonly credentials: Credentials;
  readonly address: string;
  readonly caCertificate: string | null;
  /** Where the credential is set, for messages. */
  readonly source: string | undefined;
}

/** After a login with a key, the client keeps the configured endpoint. A token names its account itself. @throws Problem, see `resolveLogin` */
export function spaceliftLogin(block: SpaceliftBlock | null | Unknown, environment: Environment): ClientLogin<SpaceliftCredentials> {
  const { credential, ...login } = resolveLogin(LOGIN_SYSTEMS.spacelift, PROVIDER_LOGINS.spacelift, block, environment);
  return { ...login, credentials: "endpoint" in credential ? { ...credential, endpoint: login.address } : credential };
}

/** @throws Problem, see `resolveLogin` */
export function bitbucketCloudLogin(block: BitbucketCloudBlock | null | Unknown, environment: Environment): ClientLogin<CloudCredentials> {
  return toClientLogin(resolveLogin(LOGIN_SYSTEMS.bitbucket_cloud, PROVIDER_LOGINS.bitbucket_cloud, block, environment));
}

/** @throws Problem, see `resolveLogin` */
export function bitbucketDatacenterLogin(
  block: BitbucketDatacenterBlock | null | Unknown,
  environment: Environment,
): ClientLogin<DatacenterCredentials> {
  return toClientLogin(resolveLogin(LOGIN_SYSTEMS.bitbucket_datacenter, PROVIDER_LOGINS.bitbucket_datacenter, block, environment));
}

function toClientLogin<C>({ credential, ...login }: Omit<Login<never>, "credential"> & { readonly credential: C }): ClientLogin<C> {
  return { ...login, credentials: credential };
}
