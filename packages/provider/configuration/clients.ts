/** The `api` value of every handler: the clients of the remote systems, created on first use, and what this process has learned from them. */
import {
  BitbucketCloud,
  BitbucketDatacenter,
  type Repositories,
  type RepositoryWebhooks,
  type RequestedWait,
  Spacelift,
} from "../../clients";
import { Problem } from "../../diagnostics";
import { dataSourceFor, resourceFor, type Log, UNKNOWN, type Unknown } from "../../terraform-plugin";
import type { BitbucketProduct } from "../../domain";
import { KnownIntegrations } from "../integration/known-integrations";
import { FirstReports } from "../first-reports";
import { LookPatience } from "../look-patience";
import { RequestReport } from "../request-report";
import { KnownSpaces } from "../space/known-spaces";
import { KnownWebhooks } from "../webhook/known-webhooks";
import { blockProblems } from "./block-rules";
import type { Limits } from "./limits";
import { LOGIN_SYSTEMS, type LoginName } from "./login-systems";
import {
  bitbucketCloudLogin,
  bitbucketDatacenterLogin,
  spaceliftLogin,
  type BitbucketCloudBlock,
  type BitbucketDatacenterBlock,
  type ClientLogin,
  type SpaceliftBlock,
} from "./logins";
import type { Environment } from "./provider-variables";
import { hasUnknown, type LoginBlock } from "./settings";

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

const RESOLVE = {
  spacelift: ({ spacelift, environment }: Configuration) => spaceliftLogin(spacelift, environment),
  bitbucket_cloud: ({ bitbucketCloud, environment }: Configuration) => bitbucketCloudLogin(bitbucketCloud, environment),
  bitbucket_datacenter: ({ bitbucketDatacenter, environment }: Configuration) => bitbucketDatacenterLogin(bitbucketDatacenter, environment),
} as const;

const LOGIN_NAMES = ["spacelift", "bitbucket_cloud", "bitbucket_datacenter"] as const satisfies readonly LoginName[];

export class Clients {
  readonly knownSpaces = new KnownSpaces();
  readonly knownIntegrations = new KnownIntegrations();
  readonly knownWebhooks: KnownWebhooks;
  readonly reports = new FirstReports();
  readonly #patience: Readonly<Record<LoginName, LookPatience>> = {
    spacelift: new LookPatience(),
    bitbucket_cloud: new LookPatience(),
    bitbucket_datacenter: new LookPatience(),
  };
  readonly #configuration: Configuration;
  readonly #loginProblems = new Map<LoginName, Problem | undefined>();
  #spacelift: Spacelift | undefined;
  #bitbucketCloud: BitbucketCloud | undefined;
  #bitbucketDatacenter: BitbucketDatacenter | undefined;

  constructor(configuration: Configuration) {
    this.#configuration = configuration;
    this.knownWebhooks = new KnownWebhooks(configuration.limits.lookBeforeCreate);
  }

  /**
   * A lookup that only serves the warnings of a plan, so that it does not wait long for a rate limit.
   * @throws Problem, also if the system is not configured
   */
  look<T>(system: "spacelift" | BitbucketProduct, lookUp: () => T | Promise<T>): Promise<T> {
    const name = system === "spacelift" ? system : (`bitbucket_${system}` as const);
    return this.#patience[name].look(lookUp);
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

  /** What is wrong in the provider block itself, whether or not a resource uses it. Unknown values are skipped. */
  blockProblems(): readonly Problem[] {
    const { environment } = this.#configuration;
    return LOGIN_NAMES.flatMap((name) => blockProblems(LOGIN_SYSTEMS[name], this.#block(name), environment));
  }

  /** Why a login cannot be used; undefined if it can, or if a value of its block is not known yet. */
  loginProblem(name: LoginName): Problem | undefined {
    // Every object of a plan asks, and neither the block nor the environment changes.
    if (!this.#loginProblems.has(name)) this.#loginProblems.set(name, this.#findLoginProblem(name));
    return this.#loginProblems.get(name);
  }

  #findLoginProblem(name: LoginName): Problem | undefined {
    if (hasUnknown(this.#block(name))) return undefined;
    try {
      RESOLVE[name](this.#configuration);
      return undefined;
    } catch (failure) {
      if (failure instanceof Problem) return failure;
      throw failure;
    }
  }

  /** @throws Problem if Spacelift is not configured, or its configuration is not known yet */
  get spacelift(): Spacelift {
    if (this.#spacelift === undefined) {
      const { credentials, ...login } = RESOLVE.spacelift(this.#configuration);
      this.#spacelift = new Spacelift(credentials, this.#settings("spacelift", login));
    }
    return this.#spacelift;
  }

  /** @throws Problem if Bitbucket Cloud is not configured, or its configuration is not known yet */
  get bitbucketCloud(): BitbucketCloud {
    if (this.#bitbucketCloud === undefined) {
      const { credentials, ...login } = RESOLVE.bitbucket_cloud(this.#configuration);
      this.#bitbucketCloud = new BitbucketCloud(credentials, login.address, this.#settings("bitbucket_cloud", login));
    }
    return this.#bitbucketCloud;
  }

  /** @throws Problem if Bitbucket Data Center is not configured, or its configuration is not known yet */
  get bitbucketDatacenter(): BitbucketDatacenter {
    if (this.#bitbucketDatacenter === undefined) {
      const { credentials, ...login } = RESOLVE.bitbucket_datacenter(this.#configuration);
      this.#bitbucketDatacenter = new BitbucketDatacenter(credentials, login.address, this.#settings("bitbucket_datacenter", login));
    }
    return this.#bitbucketDatacenter;
  }

  /** The client of a product, as the interface that both clients share. @throws Problem if the product is not configured, or its configuration is not known yet */
  bitbucket(product: BitbucketProduct): { readonly webhooks: RepositoryWebhooks; readonly repositories: Repositories } {
    return product === "cloud" ? this.bitbucketCloud : this.bitbucketDatacenter;
  }

  #block(name: LoginName): LoginBlock | null | Unknown {
    const { spacelift, bitbucketCloud, bitbucketDatacenter } = this.#configuration;
    switch (name) {
      case "spacelift":
        return spacelift;
      case "bitbucket_cloud":
        return bitbucketCloud;
      case "bitbucket_datacenter":
        return bitbucketDatacenter;
    }
  }

  #settings(name: LoginName, { caCertificate, source }: Pick<ClientLogin<unknown>, "caCertificate" | "source">) {
    const { limits, log, signal, environment } = this.#configuration;
    const onResponse = RequestReport.of(environment)?.record;
    const onWait = (wait: RequestedWait): void => {
      this.#patience[name].recordWait(wait);
    };
    return { ...limits, log, signal, caCertificate, loginSource: source, onWait, onResponse };
  }
}

/** Declares a resource of this provider. */
export const resource = resourceFor<Clients>();

/** Declares a data source of this provider. */
export const dataSource = dataSourceFor<Clients>();
