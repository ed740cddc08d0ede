/** The `api` value of every handler: the clients of the remote systems, created on first use, and what this process has learned from them. */
import { BitbucketCloud, BitbucketDatacenter, type Repositories, type RepositoryWebhooks, Spacelift } from "../../clients";
import { dataSourceFor, resourceFor, type Log, UNKNOWN, type Unknown } from "../../terraform-plugin";
import type { BitbucketProduct } from "../../domain";
import { KnownIntegrations } from "../integration/known-integrations";
import {
  bitbucketCloudCredentials,
  bitbucketDatacenterCredentials,
  type BitbucketCloudBlock,
  type BitbucketDatacenterBlock,
} from "./bitbucket-settings";
import type { Limits } from "./limits";
import type { Environment } from "./provider-variables";
import { spaceliftCredentials, type SpaceliftBlock } from "./spacelift-settings";

/** The provider block. Its blocks may still contain unknown values. */
export interface Configuration {
  readonly spacelift: SpaceliftBlock | null | Unknown;
  readonly bitbucketCloud: BitbucketCloudBlock | null | Unknown;
  readonly bitbucketDatacenter: BitbucketDatacenterBlock | null | Unknown;
  readonly limits: Limits;
  readonly environment: Environment;
  readonly log: Log;
  readonly signal: AbortSignal;
}

export class Clients {
  readonly knownIntegrations = new KnownIntegrations();
  /** Keys of webhooks that this process created or adopted. A delete under another address must not remove them. */
  readonly claimedWebhooks = new Set<string>();
  /** Keys of webhooks that this process failed to delete. Their state remains, so no other address may adopt them. */
  readonly undeletedWebhooks = new Set<string>();
  /** Keys of webhooks that this process deleted. A list that was read earlier may still include them. */
  readonly removedWebhooks = new Set<string>();
  /** Codes of diagnostics about a whole server that this process has already reported. It reports each code once. */
  readonly reportedServerCodes = new Set<string>();
  /** IDs of integrations by product and webhook URL, for imports: many webhooks call one integration. */
  readonly integrationsByUrl = new Map<string, Promise<string | null>>();
  readonly #configuration: Configuration;
  #spacelift: Spacelift | undefined;
  #bitbucketCloud: BitbucketCloud | undefined;
  #bitbucketDatacenter: BitbucketDatacenter | undefined;

  constructor(configuration: Configuration) {
    this.#configuration = configuration;
  }

  /** Whether an `_env` argument of the provider block names this variable. */
  usesVariable(variable: string): boolean {
    const { spacelift, bitbucketCloud, bitbucketDatacenter } = this.#configuration;
    return [spacelift, bitbucketCloud, bitbucketDatacenter].some(
      (block) =>
        block !== null && block !== UNKNOWN && Object.entries(block).some(([name, value]) => name.endsWith("_env") && value === variable),
    );
  }

  /** The variables of the process, for arguments that name one. */
  get environment(): Environment {
    return this.#configuration.environment;
  }

  /** @throws Problem if Spacelift is not configured, or its configuration is not known yet */
  get spacelift(): Spacelift {
    const { spacelift, environment, limits, log, signal } = this.#configuration;
    return (this.#spacelift ??= new Spacelift(spaceliftCredentials(spacelift, environment), { ...limits, log, signal }));
  }

  /** @throws Problem if Bitbucket Cloud is not configured, or its configuration is not known yet */
  get bitbucketCloud(): BitbucketCloud {
    if (this.#bitbucketCloud === undefined) {
      const { bitbucketCloud, environment, limits, log, signal } = this.#configuration;
      const { credentials, baseUrl } = bitbucketCloudCredentials(bitbucketCloud, environment);
      this.#bitbucketCloud = new BitbucketCloud(credentials, baseUrl, { ...limits, log, signal });
    }
    return this.#bitbucketCloud;
  }

  /** @throws Problem if Bitbucket Data Center is not configured, or its configuration is not known yet */
  get bitbucketDatacenter(): BitbucketDatacenter {
    if (this.#bitbucketDatacenter === undefined) {
      const { bitbucketDatacenter, environment, limits, log, signal } = this.#configuration;
      const { credentials, url, caCertificate } = bitbucketDatacenterCredentials(bitbucketDatacenter, environment);
      this.#bitbucketDatacenter = new BitbucketDatacenter(credentials, url, { ...limits, log, signal, caCertificate });
    }
    return this.#bitbucketDatacenter;
  }

  /** The client of a product, as the interface that both clients share. @throws Problem if the product is not configured, or its configuration is not known yet */
  bitbucket(product: BitbucketProduct): { readonly webhooks: RepositoryWebhooks; readonly repositories: Repositories } {
    return product === "cloud" ? this.bitbucketCloud : this.bitbucketDatacenter;
  }
}

/** Declares a resource of this provider. */
export const resource = resourceFor<Clients>();

/** Declares a data source of this provider. */
export const dataSource = dataSourceFor<Clients>();
