/** What every handler receives as `api`: the remote systems, made when first needed, and what this process remembers. */
import { BitbucketCloud, BitbucketDatacenter, type Repositories, type RepositoryWebhooks, Spacelift } from "../../clients";
import { dataSourceFor, resourceFor, type Log, UNKNOWN, type Unknown } from "../../terraform-plugin";
import type { BitbucketProduct } from "../../domain";
import { IntegrationMemory } from "../integration/memory";
import {
  bitbucketCloudCredentials,
  bitbucketDatacenterCredentials,
  type BitbucketCloudBlock,
  type BitbucketDatacenterBlock,
} from "./bitbucket-settings";
import { spaceliftCredentials, type Environment, type Limits, type SpaceliftBlock } from "./settings";

/** The provider block, judged; blocks may still hold unknown values. */
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
  readonly integrations = new IntegrationMemory();
  /** `<product> <id>` of webhooks that this process has created or adopted; a delete under another address must leave them alone. */
  readonly claimedWebhooks = new Set<string>();
  /** The same of webhooks that this process could not delete: their state stays, so no other address may adopt them beside it. */
  readonly undeletedWebhooks = new Set<string>();
  /** The same of webhooks that this process has deleted: a list that was read before may show them still. */
  readonly removedWebhooks = new Set<string>();
  /** Codes of what is true of a whole server, and was said: once is enough. */
  readonly said = new Set<string>();
  #spacelift: Spacelift | undefined;
  #bitbucketCloud: BitbucketCloud | undefined;
  #bitbucketDatacenter: BitbucketDatacenter | undefined;

  constructor(private readonly configuration: Configuration) {}

  /** Whether the provider's own configuration names this variable for one of its logins. */
  logsInWith(variable: string): boolean {
    const { spacelift, bitbucketCloud, bitbucketDatacenter } = this.configuration;
    return [spacelift, bitbucketCloud, bitbucketDatacenter].some(
      (block) =>
        block !== null && block !== UNKNOWN && Object.entries(block).some(([name, value]) => name.endsWith("_env") && value === variable),
    );
  }

  /** The process's variables, for arguments that name one. */
  get environment(): Environment {
    return this.configuration.environment;
  }

  /** @throws Problem when Spacelift is not configured, or not known yet. */
  get spacelift(): Spacelift {
    const { spacelift, environment, limits, log, signal } = this.configuration;
    return (this.#spacelift ??= new Spacelift(spaceliftCredentials(spacelift, environment), { ...limits, log, signal }));
  }

  /** @throws Problem when Bitbucket Cloud is not configured, or not known yet. */
  get bitbucketCloud(): BitbucketCloud {
    if (this.#bitbucketCloud === undefined) {
      const { bitbucketCloud, environment, limits, log, signal } = this.configuration;
      const { credentials, baseUrl } = bitbucketCloudCredentials(bitbucketCloud, environment);
      this.#bitbucketCloud = new BitbucketCloud(credentials, baseUrl, { ...limits, log, signal });
    }
    return this.#bitbucketCloud;
  }

  /** @throws Problem when Bitbucket Data Center is not configured, or not known yet. */
  get bitbucketDatacenter(): BitbucketDatacenter {
    if (this.#bitbucketDatacenter === undefined) {
      const { bitbucketDatacenter, environment, limits, log, signal } = this.configuration;
      const { credentials, url, caCertificate } = bitbucketDatacenterCredentials(bitbucketDatacenter, environment);
      this.#bitbucketDatacenter = new BitbucketDatacenter(credentials, url, { ...limits, log, signal, caCertificate });
    }
    return this.#bitbucketDatacenter;
  }

  /** What both products offer. @throws Problem when the product is not configured, or not known yet. */
  bitbucket(product: BitbucketProduct): { readonly webhooks: RepositoryWebhooks; readonly repositories: Repositories } {
    return product === "cloud" ? this.bitbucketCloud : this.bitbucketDatacenter;
  }
}

/** Declares a resource of this provider. */
export const resource = resourceFor<Clients>();

/** Declares a data source of this provider. */
export const dataSource = dataSourceFor<Clients>();
