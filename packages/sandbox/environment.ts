// The variables that point Bitlift, and programs that read the same ones, at a sandbox.
import type { WholeSeed } from "./seed";

export interface Origins {
  readonly spacelift: string;
  readonly bitbucketCloud: string;
  readonly bitbucketDatacenter: string;
  /** With the context path. */
  readonly datacenterUrl: string;
  /** PEM, where https is served. */
  readonly datacenterCertificate: string | undefined;
}

/** The seed's first account with its first admin key; exactly one form of credential for Bitbucket Cloud: the first access token, else API token, else app password. */
export function buildEnvironment(seed: WholeSeed, origins: Origins): Readonly<Record<string, string>> {
  const [account] = seed.spacelift.accounts;
  const key = account?.keys.find((one) => one.admin === true) ?? account?.keys[0];
  return {
    ...(account !== undefined && { SPACELIFT_API_KEY_ENDPOINT: `${origins.spacelift}/${account.name}` }),
    ...(key !== undefined && { SPACELIFT_API_KEY_ID: key.id, SPACELIFT_API_KEY_SECRET: key.secret }),
    BITBUCKET_API_URL: `${origins.bitbucketCloud}/2.0`,
    ...bitbucketCredential(seed),
    ...readingToken(seed),
    BITBUCKET_DATACENTER_URL: origins.datacenterUrl,
    ...datacenterCredentials(seed),
    ...(origins.datacenterCertificate !== undefined && { BITBUCKET_DATACENTER_CA_CERTIFICATE: origins.datacenterCertificate }),
    BITLIFT_SANDBOX_SPACELIFT_URL: `${origins.spacelift}/_sandbox`,
    BITLIFT_SANDBOX_BITBUCKET_CLOUD_URL: `${origins.bitbucketCloud}/_sandbox`,
    BITLIFT_SANDBOX_BITBUCKET_DATACENTER_URL: `${origins.bitbucketDatacenter}/_sandbox`,
  };
}

function bitbucketCredential(seed: WholeSeed): Record<string, string> {
  const credentials = seed["bitbucket-cloud"].credentials ?? [];
  const token = credentials.find((one) => one.kind === "access-token");
  if (token !== undefined) return { BITBUCKET_ACCESS_TOKEN: token.token };
  const user = credentials.find((one) => one.kind === "api-token");
  if (user?.email !== undefined) return { BITBUCKET_EMAIL: user.email, BITBUCKET_API_TOKEN: user.token };
  const app = credentials.find((one) => one.kind === "app-password");
  return app?.username === undefined ? {} : { BITBUCKET_USERNAME: app.username, BITBUCKET_PASSWORD: app.token };
}

/** The token that an integration would be given to read code with: the first API token, whose email is in the seed beside it. */
function readingToken(seed: WholeSeed): Record<string, string> {
  const user = (seed["bitbucket-cloud"].credentials ?? []).find((one) => one.kind === "api-token");
  return user === undefined ? {} : { SPACELIFT_BITBUCKET_TOKEN: user.token };
}

/** The first token that may manage webhooks, else the first user with a password who may; and the first token that may not and stands for a user, whose name an integration needs beside it. */
function datacenterCredentials(seed: WholeSeed): Record<string, string> {
  const { tokens = [], users = [] } = seed["bitbucket-datacenter"];
  const manages = (one: (typeof tokens)[number]): boolean => one.permissions.some((permission) => permission.endsWith("_ADMIN"));
  const manager = tokens.find(manages);
  const reader = tokens.find((one) => one.user !== undefined && !manages(one));
  const administrator = users.find(
    ({ password, global, access = {} }) => password !== undefined && (global === "ADMIN" || Object.values(access).includes("admin")),
  );
  return {
    ...(manager !== undefined && { BITBUCKET_DATACENTER_TOKEN: manager.token }),
    ...(manager === undefined &&
      administrator?.password !== undefined && {
        BITBUCKET_DATACENTER_USERNAME: administrator.name,
        BITBUCKET_DATACENTER_PASSWORD: administrator.password,
      }),
    ...(reader !== undefined && { SPACELIFT_BITBUCKET_DATACENTER_TOKEN: reader.token }),
  };
}
