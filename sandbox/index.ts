// Starts a sandbox: an emulated Spacelift and an emulated Bitbucket Cloud that know each other, on loopback ports of their own.
import { type BitbucketCloud, createBitbucketCloud } from "./bitbucket-cloud";
import { selfSignedCertificate } from "./certificate";
import { createClock } from "./clock";
import { environmentOf } from "./environment";
import { listen, type Listening, type Service } from "./listen";
import { parseSeed, type Seed } from "./seed";
import { createSpacelift, type SourceCode } from "./spacelift";

export type { Seed, WholeSeed } from "./seed";

export interface SandboxOptions {
  /** A half that is not given is the default seed's. */
  readonly seed?: Seed;
  readonly switches?: {
    readonly spacelift?: Readonly<Record<string, unknown>>;
    readonly "bitbucket-cloud"?: Readonly<Record<string, unknown>>;
  };
  /** Spacelift's webhook addresses get an origin of their own, with a certificate that nobody has signed. */
  readonly tls?: boolean;
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
  const origins = { spacelift: "", webhooks: "", bitbucketCloud: "" };
  const bitbucketCloud = createBitbucketCloud({
    clock,
    seed: seed["bitbucket-cloud"],
    switches: options.switches?.["bitbucket-cloud"],
    origin: () => origins.bitbucketCloud,
    paired: () => [origins.webhooks, origins.spacelift],
  });
  const spacelift = createSpacelift({
    clock,
    seed: seed.spacelift,
    switches: options.switches?.spacelift,
    origin: () => origins.spacelift,
    webhooksOrigin: () => origins.webhooks,
    sourceCode: sourceCodeOf(bitbucketCloud),
  });

  const listening: Listening[] = [];
  const start = async (service: Service, tls?: { key: string; cert: string }): Promise<string> => {
    const started = await listen(service, { clock, tls });
    listening.push(started);
    return started.origin;
  };
  const stop = async (): Promise<void> => {
    await Promise.all(listening.map((one) => one.stop()));
  };
  try {
    origins.bitbucketCloud = await start(bitbucketCloud);
    origins.spacelift = await start(spacelift);
    origins.webhooks = options.tls === true ? await start(spacelift.deliveries, selfSignedCertificate()) : origins.spacelift;
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
    environment: environmentOf(seed, origins),
    stop,
  };
}

/** What Spacelift learns from Bitbucket with an integration's credential. */
function sourceCodeOf(cloud: BitbucketCloud): SourceCode {
  const noDataCenter = "the sandbox has no Bitbucket Data Center";
  return {
    check: (provider, reader) => (provider === "BITBUCKET_CLOUD" ? cloud.checkReader(reader) : noDataCenter),
    repositories: (provider, reader) => (provider === "BITBUCKET_CLOUD" ? cloud.readable(reader) : []),
    branches: (provider, reader, namespace, repository) =>
      provider === "BITBUCKET_CLOUD"
        ? cloud.readable(reader).find((one) => one.namespace === namespace && one.repository === repository)?.branches
        : undefined,
  };
}
