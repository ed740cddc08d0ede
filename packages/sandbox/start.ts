// Starts a sandbox: an emulated Spacelift, Bitbucket Cloud and Bitbucket Data Center that know each other, each on its own loopback port.
import { selfSignedCertificate } from "./core/certificate";
import { type Clock, createClock } from "./core/clock";
import { listen, type Listening, type ListenOptions } from "./core/listen";
import type { Service } from "./core/service";
import { buildEnvironment } from "./environment";
import { parseSeed, type Seed, type WholeSeed } from "./seed";
import { createBitbucketCloud } from "./services/bitbucket-cloud";
import { type PipelinesProxy, type PipelinesProxyOptions, startPipelinesProxy } from "./services/bitbucket-cloud/pipelines-proxy";
import { createBitbucketDatacenter } from "./services/bitbucket-datacenter";
import { createSpacelift } from "./services/spacelift";
import { createSourceCode } from "./source-code";

type SwitchValues = Readonly<Record<string, unknown>>;

export interface SandboxOptions {
  /** A missing part is taken from the default seed. */
  readonly seed?: Seed;
  readonly switches?: {
    readonly spacelift?: SwitchValues;
    readonly "bitbucket-cloud"?: SwitchValues;
    readonly "bitbucket-datacenter"?: SwitchValues;
  };
  /** Serve Spacelift's webhook addresses from a separate origin with a self-signed certificate. */
  readonly tls?: boolean;
  /** Serve Bitbucket Data Center over https with a self-signed certificate. */
  readonly datacenterTls?: boolean;
}

export interface Sandbox {
  readonly spacelift: {
    readonly origin: string;
    /** The origin of webhook addresses; the same as `origin` without TLS. */
    readonly webhooksOrigin: string;
    /** The base address of an account: its path is the account's name. */
    account(name: string): string;
    /** Issues the token that a run of the account would have, for the seeded token with this id. @throws Error if the seed has no such token */
    issueToken(account: string, tokenId: string): string;
  };
  readonly bitbucketCloud: {
    readonly origin: string;
    /** With /2.0. */
    readonly apiUrl: string;
  };
  /** The proxy of Bitbucket Pipelines. A step of a repository must have started, see the control path `pipeline`. */
  readonly pipelinesProxy: { readonly origin: string };
  readonly bitbucketDatacenter: {
    readonly origin: string;
    /** With the context path, without /rest. */
    readonly url: string;
    /** PEM, for clients that should trust it; only with `datacenterTls`. */
    readonly certificate?: string | undefined;
  };
  /** Variables that point programs at this sandbox. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * Each sandbox has its own state, clock and ports; one process can run many.
 * @throws Error for an invalid seed or switch
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const seed = parseSeed(options.seed ?? {});
  const clock = createClock();
  const origins: Origins = { spacelift: "", webhooks: "", bitbucketCloud: "", pipelinesProxy: "", bitbucketDatacenter: "" };
  const services = createServices(seed, { clock, origins, switches: options.switches });
  const certificate = options.datacenterTls === true ? selfSignedCertificate() : undefined;
  const servers = new Servers(clock);
  try {
    origins.bitbucketCloud = (await servers.start(services.bitbucketCloud)).origin;
    origins.pipelinesProxy = (await servers.startProxy({ target: origins.bitbucketCloud, ...services.bitbucketCloud.pipelines })).origin;
    origins.bitbucketDatacenter = (await servers.start(services.bitbucketDatacenter, { tls: certificate })).origin;
    const spacelift = await servers.start(services.spacelift);
    origins.spacelift = spacelift.origin;
    origins.webhooks = spacelift.origin;
    if (options.tls === true) {
      const tls = selfSignedCertificate();
      origins.webhooks = (await servers.start(services.spacelift.deliveries, { tls, shareWith: spacelift })).origin;
    }
  } catch (error) {
    await servers.stop();
    throw error;
  }
  const datacenterUrl = services.datacenterUrl();
  return {
    spacelift: {
      origin: origins.spacelift,
      webhooksOrigin: origins.webhooks,
      account: (name) => `${origins.spacelift}/${name}`,
      issueToken: (account, tokenId) => services.spacelift.issueToken(account, tokenId),
    },
    bitbucketCloud: { origin: origins.bitbucketCloud, apiUrl: `${origins.bitbucketCloud}/2.0` },
    pipelinesProxy: { origin: origins.pipelinesProxy },
    bitbucketDatacenter: { origin: origins.bitbucketDatacenter, url: datacenterUrl, certificate: certificate?.cert },
    environment: buildEnvironment(seed, { ...origins, datacenterUrl, datacenterCertificate: certificate?.cert }),
    stop: () => servers.stop(),
  };
}

/** Filled in while the services start to listen. */
interface Origins {
  spacelift: string;
  webhooks: string;
  bitbucketCloud: string;
  pipelinesProxy: string;
  bitbucketDatacenter: string;
}

interface ServicesOptions {
  readonly clock: Clock;
  readonly origins: Readonly<Origins>;
  readonly switches: SandboxOptions["switches"];
}

function createServices(seed: WholeSeed, { clock, origins, switches = {} }: ServicesOptions) {
  const paired = (): readonly string[] => [origins.webhooks, origins.spacelift];
  const bitbucketCloud = createBitbucketCloud({
    clock,
    seed: seed["bitbucket-cloud"],
    switches: switches["bitbucket-cloud"],
    origin: () => origins.bitbucketCloud,
    pipelinesProxy: () => origins.pipelinesProxy,
    paired,
  });
  const bitbucketDatacenter = createBitbucketDatacenter({
    clock,
    seed: seed["bitbucket-datacenter"],
    switches: switches["bitbucket-datacenter"],
    origin: () => origins.bitbucketDatacenter,
    paired,
  });
  const datacenterUrl = (): string => `${origins.bitbucketDatacenter}${bitbucketDatacenter.contextPath}`;
  const spacelift = createSpacelift({
    clock,
    seed: seed.spacelift,
    switches: switches.spacelift,
    origin: () => origins.spacelift,
    webhooksOrigin: () => origins.webhooks,
    sourceCode: createSourceCode(bitbucketCloud, bitbucketDatacenter, datacenterUrl),
  });
  return { bitbucketCloud, bitbucketDatacenter, spacelift, datacenterUrl };
}

class Servers {
  readonly #clock: Clock;
  readonly #started: Pick<Listening, "stop">[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async start(service: Service, options: Omit<ListenOptions, "clock"> = {}): Promise<Listening> {
    const server = await listen(service, { clock: this.#clock, ...options });
    this.#started.push(server);
    return server;
  }

  async startProxy(options: PipelinesProxyOptions): Promise<PipelinesProxy> {
    const proxy = await startPipelinesProxy(options);
    this.#started.push(proxy);
    return proxy;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#started.map((server) => server.stop()));
  }
}
