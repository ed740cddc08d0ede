/** The provider block, and with it the plugin beside the stack. */
import type { Construct } from "constructs";
import {
  BitliftProvider as ProviderBlock,
  type BitliftProviderBitbucketCloud,
  type BitliftProviderBitbucketDatacenter,
  type BitliftProviderSpacelift,
} from "./bindings/provider";
import { Credential } from "./credential";
import { placePluginAtSynthesis } from "./plugin/plugin-placement";
import { declare } from "./declarations";

/** How to log in to Spacelift: with an API key, or with a token. */
export type SpaceliftLogin =
  | {
      /** Address of the account: `https://acme.app.spacelift.io`. */
      readonly endpoint: string;
      /** Id of the API key. It needs admin on the Spaces whose integrations are managed, and on `root` for Spaces and default integrations. */
      readonly apiKeyId: string;
      /** Secret of the API key. */
      readonly apiKeySecret: Credential;
    }
  | {
      /** A token, as Spacelift sets it inside a run; it names its account itself. */
      readonly apiToken: Credential;
    };

/** How to log in to Bitbucket Cloud for managing webhooks. Not the credential that Spacelift reads code with. */
export type BitbucketCloudLogin = (
  | {
      /** Repository, project or workspace access token with the scopes `webhook`, `repository` and `pullrequest`. */
      readonly accessToken: Credential;
    }
  | {
      /** Atlassian account email that belongs to the API token. */
      readonly email: string;
      /** API token of an administrator of the repositories: read, write and delete webhooks, read repositories and pull requests. */
      readonly apiToken: Credential;
    }
  | {
      /** User name, sent as given. */
      readonly username: string;
      /** Password for it. Atlassian ended app passwords in July 2026. */
      readonly password: Credential;
    }
) & {
  /**
   * Address of the REST API, with `/2.0`.
   * @default - `BITBUCKET_API_URL`, else https://api.bitbucket.org/2.0
   */
  readonly baseUrl?: string;
};

/** How to log in to one Bitbucket Data Center server for managing webhooks. Not the credential that Spacelift reads code with. */
export type BitbucketDatacenterLogin = {
  /** Address of the server, with its context path if it has one, and without `/rest`. */
  readonly url: string;
  /**
   * Certificate of the authority that signed the server's, on top of the public ones: PEM text, or the path of a PEM file where the engine runs.
   * @default - the public authorities
   */
  readonly caCertificate?: string;
} & (
  | {
      /** HTTP access token of a user, a project or a repository, with admin on the repositories. */
      readonly accessToken: Credential;
    }
  | {
      /** User name, sent as given. */
      readonly username: string;
      /** Password for it. */
      readonly password: Credential;
    }
);

/** Props of the provider. */
export interface BitliftProviderProps {
  /**
   * Name of a further provider, for another account or another Bitbucket; pass the construct as `provider` to what lives there.
   * @default - the stack's default provider
   */
  readonly alias?: string;
  /**
   * Spacelift's login, whole: a block is never completed from the environment.
   * @default - from the environment: SPACELIFT_API_KEY_ENDPOINT, SPACELIFT_API_KEY_ID and SPACELIFT_API_KEY_SECRET, or SPACELIFT_API_TOKEN
   */
  readonly spacelift?: SpaceliftLogin;
  /**
   * Bitbucket Cloud's login, whole.
   * @default - from the environment: BITBUCKET_ACCESS_TOKEN, or BITBUCKET_EMAIL and BITBUCKET_API_TOKEN, or BITBUCKET_USERNAME and BITBUCKET_PASSWORD
   */
  readonly bitbucketCloud?: BitbucketCloudLogin;
  /**
   * Bitbucket Data Center's login, whole. Each server has a provider of its own: give all but one an alias.
   * @default - from the environment: BITBUCKET_DATACENTER_URL with BITBUCKET_DATACENTER_TOKEN, or with BITBUCKET_DATACENTER_USERNAME and BITBUCKET_DATACENTER_PASSWORD
   */
  readonly bitbucketDatacenter?: BitbucketDatacenterLogin;
  /**
   * How long to wait in all for a remote system that limits requests: `30s`, `5m`, `1h30m`.
   * @default "1h"
   */
  readonly rateLimitMaxWait?: string;
  /**
   * How long one request may take, as a duration.
   * @default "30s"
   */
  readonly requestTimeout?: string;
  /**
   * How many requests may be under way to one remote host.
   * @default 8
   */
  readonly maxConcurrentRequests?: number;
  /**
   * File with the provider plugin, for work on the plugin itself.
   * @default - the plugin that comes with this package
   */
  readonly pluginPath?: string;
}

/**
 * The provider `bitlift`. Every stack with Bitlift constructs needs one. Synthesis puts the plugin beside the stack's
 * configuration and records its hash in the lock file, so no registry is asked for it.
 */
export class BitliftProvider extends ProviderBlock {
  /** The props as given. */
  readonly props: BitliftProviderProps;

  constructor(scope: Construct, id: string, props: BitliftProviderProps = {}) {
    const { alias, rateLimitMaxWait, requestTimeout, maxConcurrentRequests, spacelift, bitbucketCloud, bitbucketDatacenter } = props;
    super(scope, id, {
      alias,
      rateLimitMaxWait,
      requestTimeout,
      maxConcurrentRequests,
      spacelift: spacelift && (written(spacelift) satisfies BitliftProviderSpacelift),
      bitbucketCloud: bitbucketCloud && (written(bitbucketCloud) satisfies BitliftProviderBitbucketCloud),
      bitbucketDatacenter: bitbucketDatacenter && (written(bitbucketDatacenter) satisfies BitliftProviderBitbucketDatacenter),
    });
    this.props = props;
    placePluginAtSynthesis(this);
    declare("providers", this);
  }
}

/** What a login may hold as text; anything else must be a Credential. */
const PLAIN: ReadonlySet<string> = new Set(["endpoint", "apiKeyId", "email", "username", "baseUrl", "url", "caCertificate"]);

/** Credentials become references to their variables, or the names of environment variables. What is none is left out here and reported by credential-rules.ts, so that it is never written. */
function written(login: object): Record<string, string> {
  const entries = Object.entries(login as Record<string, string | Credential | undefined>).flatMap(([name, value]): [string, string][] => {
    if (PLAIN.has(name)) return typeof value === "string" ? [[name, value]] : [];
    if (!(value instanceof Credential)) return [];
    return value.source.kind === "variable" ? [[name, value.source.reference]] : [[`${name}Env`, value.source.variable]];
  });
  return Object.fromEntries(entries);
}
