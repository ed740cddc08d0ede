// Starts a sandbox: an emulated Spacelift, Bitbucket Cloud and Bitbucket Data Center that know each other, on loopback ports of their own.
import { createBitbucketCloud } from "./services/bitbucket-cloud";
import { createBitbucketDatacenter } from "./services/bitbucket-datacenter";
import { selfSignedCertificate } from "./core/certificate";
import { createClock } from "./core/clock";
import { buildEnvironment } from "./environment";
import { listen, type Listening, type ListenOptions } from "./core/listen";
import type { Service } from "./core/service";
import { parseSeed, type Seed } from "./seed";
import { createSourceCode } from "./source-code";
import { createSpacelift } from "./services/spacelift";

export { readSeedFile, type Seed, type WholeSeed } from "./seed";
export { selfSignedCertificate } from "./core/certificate";
export { createClock } from "./core/clock";
export { listen, type Listening } from "./core/listen";
export { createBitbucketCloud } from "./services/bitbucket-cloud";
export { createBitbucketDatacenter } from "./services/bitbucket-datacenter";
export { createSpacelift } from "./services/spacelift";
export type { Coverage } from "./core/coverage-row";
export { DEFAULT_SEED } from "./seed.default";
export { BITBUCKET_CLOUD_COVERAGE } from "./services/bitbucket-cloud/coverage";
export { EVENT_TYPES } from "./services/bitbucket-cloud/events";
export type { BitbucketCloudSeed, SeedCredential, SeedHook } from "./services/bitbucket-cloud/seed";
export { BITBUCKET_DATACENTER_COVERAGE } from "./services/bitbucket-datacenter/coverage";
export { eventKeysOf } from "./services/bitbucket-datacenter/events";
export type { BitbucketDatacenterSeed } from "./services/bitbucket-datacenter";
export { SPACELIFT_COVERAGE } from "./services/spacelift/coverage";
export type { SeedAccount, SeedIntegration } from "./services/spacelift/seed";

export interface SandboxOptions {
  /** A part that is not given is the default seed's. */
  readonly seed?: Seed;
  readonly switches?: {
    readonly spacelift?: Readonly<Record<string, unknown>>;
    readonly "bitbucket-cloud"?: Readonly<Record<string, unknown>>;
    readonly "bitbucket-datacenter"?: Readonly<Record<string, unknown>>;
  };
  /** Spacelift's webhook addresses get an origin of their own, with a certificate that nobody has signed. */
  readonly tls?: boolean;
  /** Bitbucket Data Center is served over https, with a certificate that nobody has signed. */
  readonly datacenterTls?: boolean;
}

export interface Sandbox {
  readonly spacelift: {
    readonly origin: string;
    /** Where webhook addresses point; the same as `origin` without TLS. */
    readonly webhooksOrigin: string;
    /** Base address of an account: its path is the account's name. */
    account(name: string): string;
    /** A token as a run of the account would have it, for a seeded token with this id. @throws Error when there is none */
    issueToken(account: string, tokenId: string): string;
  };
  readonly bitbucketCloud: {
    readonly origin: string;
    /** With /2.0. */
    readonly apiUrl: string;
  };
  readonly bitbucketDatacenter: {
    readonly origin: string;
    /** With the context path, without /rest. */
    readonly url: string;
    /** PEM, for those who shall trust it; only with `datacenterTls`. */
    readonly certificate?: string;
  };
  /** Variables that point programs here. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * Each sandbox has its own state, clock and ports; many can run in one process.
 * @throws Error for a seed or a switch that is wrong
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const seed = parseSeed(options.seed ?? {});
  const clock = createClock();
  const origins = { spacelift: "", webhooks: "", bitbucketCloud: "", bitbucketDatacenter: "" };
  const paired = (): readonly string[] => [origins.webhooks, origins.spacelift];
  const bitbucketCloud = createBitbucketCloud({
    clock,
    seed: seed["bitbucket-cloud"],
    switches: options.switches?.["bitbucket-cloud"],
    origin: () => origins.bitbucketCloud,
    paired,
  });
  const bitbucketDatacenter = createBitbucketDatacenter({
    clock,
    seed: seed["bitbucket-datacenter"],
    switches: options.switches?.["bitbucket-datacenter"],
    origin: () => origins.bitbucketDatacenter,
    paired,
  });
  const datacenterUrl = (): string => `${origins.bitbucketDatacenter}${bitbucketDatacenter.contextPath}`;
  const spacelift = createSpacelift({
    clock,
    seed: seed.spacelift,
    switches: options.switches?.spacelift,
    origin: () => origins.spacelift,
    webhooksOrigin: () => origins.webhooks,
    sourceCode: createSourceCode(bitbucketCloud, bitbucketDatacenter, datacenterUrl),
  });

  const listening: Listening[] = [];
  const start = async (service: Service, options: Omit<ListenOptions, "clock"> = {}): Promise<Listening> => {
    const started = await listen(service, { clock, ...options });
    listening.push(started);
    return started;
  };
  const stop = async (): Promise<void> => {
    await Promise.all(listening.map((one) => one.stop()));
  };
  const certificate = options.datacenterTls === true ? selfSignedCertificate() : undefined;
  try {
    origins.bitbucketCloud = (await start(bitbucketCloud)).origin;
    origins.bitbucketDatacenter = (await start(bitbucketDatacenter, { tls: certificate })).origin;
    const also = await start(spacelift);
    origins.spacelift = also.origin;
    const webhooks = options.tls === true ? await start(spacelift.deliveries, { tls: selfSignedCertificate(), shareWith: also }) : also;
    origins.webhooks = webhooks.origin;
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    spacelift: {
      origin: origins.spacelift,
      webhooksOrigin: origins.webhooks,
      account: (name) => `${origins.spacelift}/${name}`,
      issueToken: (account, tokenId) => spacelift.issueToken(account, tokenId),
    },
    bitbucketCloud: { origin: origins.bitbucketCloud, apiUrl: `${origins.bitbucketCloud}/2.0` },
    bitbucketDatacenter: {
      origin: origins.bitbucketDatacenter,
      url: datacenterUrl(),
      ...(certificate !== undefined && { certificate: certificate.cert }),
    },
    environment: buildEnvironment(seed, { ...origins, datacenterUrl: datacenterUrl(), datacenterCertificate: certificate?.cert }),
    stop,
  };
}
