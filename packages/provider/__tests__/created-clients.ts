/** Clients for a test: nothing is configured unless the test changes it. */
import { Clients, type Configuration } from "../configuration/clients";

const ignore = () => undefined;

export function createClients(changes: Partial<Configuration>): Clients {
  return new Clients({
    spacelift: null,
    bitbucketCloud: null,
    bitbucketDatacenter: null,
    limits: { rateLimitMaxWaitMs: 1, requestTimeoutMs: 1, maxConcurrentRequests: 1, lookBeforeCreate: 1 },
    environment: {},
    log: { includes: () => false, debug: ignore, info: ignore, warn: ignore },
    signal: new AbortController().signal,
    ...changes,
  });
}
