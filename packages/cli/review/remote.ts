/** How the review calls Spacelift and Bitbucket. */
import { existsSync, readFileSync } from "node:fs";
import type { BitbucketDatacenter } from "../../clients";

export type Environment = Readonly<Record<string, string | undefined>>;

type RemoteSettings = ConstructorParameters<typeof BitbucketDatacenter>[2];

const SECOND = 1_000;

/** Waits less than the provider: a review without this knowledge is better than one that comes too late. */
export function remoteSettings(options: {
  readonly caCertificate?: string | undefined;
  readonly loginSource?: string | undefined;
}): RemoteSettings {
  return {
    requestTimeoutMs: 30 * SECOND,
    rateLimitMaxWaitMs: 60 * SECOND,
    maxConcurrentRequests: 4,
    log: SILENT,
    signal: new AbortController().signal,
    caCertificate: certificateOf(options.caCertificate),
    loginSource: options.loginSource,
  };
}

/** The variable contains the certificate itself, or the path of its file. */
function certificateOf(value: string | undefined): string | null {
  if (value === undefined || value === "") return null;
  return !value.includes("-----BEGIN") && existsSync(value) ? readFileSync(value, "utf8") : value;
}

const nothing = (): void => undefined;
const SILENT = { includes: () => false, debug: nothing, info: nothing, warn: nothing };
