/** How the provider logs in to Spacelift and Bitbucket. */
import { camelCase, PROVIDER_LOGINS } from "../packages/domain";
import { credentialArguments, type Credential } from "./credential";

/**
 * Login to Spacelift: an API key or a token. The environment where the engine runs provides what you omit: the rest of the same login, or the
 * credential if you set only the endpoint.
 */
export type SpaceliftLogin = (
  | {
      /** URL of the account, such as `https://acme.app.spacelift.io`. @default - the value of `SPACELIFT_API_KEY_ENDPOINT` */
      readonly endpoint?: string;
      /**
       * ID of the API key. It needs admin access to the Spaces whose integrations it manages, and to `root` for Spaces and default integrations.
       * @default - the value of `SPACELIFT_API_KEY_ID`
       */
      readonly apiKeyId?: string;
      /** Secret of the API key. @default - the value of `SPACELIFT_API_KEY_SECRET` */
      readonly apiKeySecret?: Credential;
      /** A token belongs to another login. */
      readonly apiToken?: never;
    }
  | {
      /** A token, such as the one that Spacelift sets in a run. The token identifies the account. */
      readonly apiToken: Credential;
      readonly endpoint?: never;
      readonly apiKeyId?: never;
      readonly apiKeySecret?: never;
    }
) &
  TrustedAuthority;

/** Login to Bitbucket Cloud that manages webhooks. Spacelift reads code with a different credential, which belongs to the integration. */
export type BitbucketCloudLogin = (
  | {
      /** Repository, project or workspace access token with the scopes `webhook`, `repository` and `pullrequest`. @default - the value of `BITBUCKET_ACCESS_TOKEN` */
      readonly accessToken?: Credential;
      /** Arguments of other logins are not mixed with it. */
      readonly email?: never;
      readonly apiToken?: never;
      readonly username?: never;
      readonly password?: never;
    }
  | {
      /** Email address of the Atlassian account that owns the API token. @default - the value of `BITBUCKET_EMAIL` */
      readonly email?: string;
      /**
       * API token of an administrator of the repositories. It must be able to read, write and delete webhooks, and to read repositories and pull requests.
       * @default - the value of `BITBUCKET_API_TOKEN`
       */
      readonly apiToken?: Credential;
      readonly accessToken?: never;
      readonly username?: never;
      readonly password?: never;
    }
  | {
      /** User name for basic authentication. @default - the value of `BITBUCKET_USERNAME` */
      readonly username?: string;
      /** Password of the user. Atlassian disabled app passwords in July 2026. @default - the value of `BITBUCKET_PASSWORD` */
      readonly password?: Credential;
      readonly accessToken?: never;
      readonly email?: never;
      readonly apiToken?: never;
    }
) & {
  /**
   * URL of the REST API, including `/2.0`.
   * @default - the value of `BITBUCKET_API_URL`, or https://api.bitbucket.org/2.0
   */
  readonly baseUrl?: string;
} & TrustedAuthority;

/** Login to a Bitbucket Data Center server that manages webhooks. Spacelift reads code with a different credential, which belongs to the integration. */
export type BitbucketDatacenterLogin = {
  /** URL of the server without `/rest`, including its context path if it has one. @default - the value of `BITBUCKET_DATACENTER_URL` */
  readonly url?: string;
} & (
  | {
      /** HTTP access token of a user, a project or a repository, with admin permission on the repositories. @default - the value of `BITBUCKET_DATACENTER_TOKEN` */
      readonly accessToken?: Credential;
      /** Arguments of another login are not mixed with it. */
      readonly username?: never;
      readonly password?: never;
    }
  | {
      /** User name for basic authentication. @default - the value of `BITBUCKET_DATACENTER_USERNAME` */
      readonly username?: string;
      /** Password of the user. @default - the value of `BITBUCKET_DATACENTER_PASSWORD` */
      readonly password?: Credential;
      readonly accessToken?: never;
    }
) &
  TrustedAuthority;

/** The part of a login about the server's certificate. */
export interface TrustedAuthority {
  /**
   * Certificate of the authority that signed the server's certificate: PEM text, or the path of a PEM file on the machine that runs the engine.
   * Trusted in addition to the public authorities.
   * @default - the value of `SPACELIFT_CA_CERTIFICATE`, `BITBUCKET_CA_CERTIFICATE` or `BITBUCKET_DATACENTER_CA_CERTIFICATE`
   */
  readonly caCertificate?: string;
}

/** The fields of a login that may be plain text. Every other field must be a Credential. */
const PLAIN_FIELDS: ReadonlySet<string> = new Set([
  ...Object.values(PROVIDER_LOGINS)
    .flat()
    .flatMap(({ fields, secret }) => fields.filter((field) => field !== secret).map((field) => camelCase(field))),
  "baseUrl",
  "url",
  "caCertificate",
]);

/**
 * The arguments of a login's block in the provider configuration. A Credential becomes the reference to its variable, or the name of its
 * environment variable. Omits any other value instead of a secret, so that a literal secret is never synthesized. The rules report such a value.
 */
export function loginArguments(login: object): Record<string, string> {
  const fields: [string, unknown][] = Object.entries(login);
  return Object.fromEntries(fields.flatMap(([name, value]) => loginArgument(name, value)));
}

function loginArgument(name: string, value: unknown): readonly [string, string][] {
  if (PLAIN_FIELDS.has(name)) return typeof value === "string" ? [[name, value]] : [];
  const { env, writeOnly } = credentialArguments(value);
  if (writeOnly !== undefined) return [[name, writeOnly]];
  return env === undefined ? [] : [[`${name}Env`, env]];
}
