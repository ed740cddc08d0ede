// The environment variables that point Bitlift, and programs that read the same variables, at a sandbox.
import type { WholeSeed } from "./seed";

export interface Origins {
  readonly spacelift: string;
  readonly bitbucketCloud: string;
  readonly bitbucketDatacenter: string;
  /** With the context path. */
  readonly datacenterUrl: string;
  /** PEM; undefined without https. */
  readonly datacenterCertificate: string | undefined;
}

type Variables = Readonly<Record<string, string | undefined>>;

export function buildEnvironment(seed: WholeSeed, origins: Origins): Readonly<Record<string, string>> {
  const variables: Variables = {
    ...findSpaceliftKey(seed, origins),
    BITBUCKET_API_URL: `${origins.bitbucketCloud}/2.0`,
    ...findCloudCredential(seed),
    ...findCloudReaderToken(seed),
    BITBUCKET_DATACENTER_URL: origins.datacenterUrl,
    ...findDatacenterCredential(seed),
    ...findDatacenterReaderToken(seed),
    BITBUCKET_DATACENTER_CA_CERTIFICATE: origins.datacenterCertificate,
    BITLIFT_SANDBOX_SPACELIFT_URL: `${origins.spacelift}/_sandbox`,
    BITLIFT_SANDBOX_BITBUCKET_CLOUD_URL: `${origins.bitbucketCloud}/_sandbox`,
    BITLIFT_SANDBOX_BITBUCKET_DATACENTER_URL: `${origins.bitbucketDatacenter}/_sandbox`,
  };
  return Object.fromEntries(Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** The first account of the seed, with its first admin key. */
function findSpaceliftKey(seed: WholeSeed, origins: Origins): Variables {
  const [account] = seed.spacelift.accounts;
  if (account === undefined) return {};
  const key = account.keys.find(({ admin }) => admin === true) ?? account.keys[0];
  return {
    SPACELIFT_API_KEY_ENDPOINT: `${origins.spacelift}/${account.name}`,
    SPACELIFT_API_KEY_ID: key?.id,
    SPACELIFT_API_KEY_SECRET: key?.secret,
  };
}

/** Exactly one form of credential: the first access token, else the first API token, else the first app password. */
function findCloudCredential(seed: WholeSeed): Variables {
  const credentials = seed["bitbucket-cloud"].credentials ?? [];
  const accessToken = credentials.find(({ kind }) => kind === "access-token");
  if (accessToken !== undefined) return { BITBUCKET_ACCESS_TOKEN: accessToken.token };
  const apiToken = credentials.find(({ kind }) => kind === "api-token");
  if (apiToken?.email !== undefined) return { BITBUCKET_EMAIL: apiToken.email, BITBUCKET_API_TOKEN: apiToken.token };
  const appPassword = credentials.find(({ kind }) => kind === "app-password");
  return appPassword?.username === undefined ? {} : { BITBUCKET_USERNAME: appPassword.username, BITBUCKET_PASSWORD: appPassword.token };
}

/** The token with which an integration reads code: the first API token, because the seed contains its email too. */
function findCloudReaderToken(seed: WholeSeed): Variables {
  const apiToken = seed["bitbucket-cloud"].credentials?.find(({ kind }) => kind === "api-token");
  return { SPACELIFT_BITBUCKET_TOKEN: apiToken?.token };
}

/** The first token that can manage webhooks, else the first user with a password who can. */
function findDatacenterCredential(seed: WholeSeed): Variables {
  const { tokens = [], users = [] } = seed["bitbucket-datacenter"];
  const manager = tokens.find(canManageWebhooks);
  if (manager !== undefined) return { BITBUCKET_DATACENTER_TOKEN: manager.token };
  const administrator = users.find(
    ({ password, global, access = {} }) => password !== undefined && (global === "ADMIN" || Object.values(access).includes("admin")),
  );
  return { BITBUCKET_DATACENTER_USERNAME: administrator?.name, BITBUCKET_DATACENTER_PASSWORD: administrator?.password };
}

/** The first token of a user that cannot manage webhooks. An integration needs the user's name too. */
function findDatacenterReaderToken(seed: WholeSeed): Variables {
  const reader = seed["bitbucket-datacenter"].tokens?.find((token) => token.user !== undefined && !canManageWebhooks(token));
  return { SPACELIFT_BITBUCKET_DATACENTER_TOKEN: reader?.token };
}

function canManageWebhooks({ permissions }: { readonly permissions: readonly string[] }): boolean {
  return permissions.some((permission) => permission.endsWith("_ADMIN"));
}
