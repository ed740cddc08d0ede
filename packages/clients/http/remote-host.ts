/** Concurrency and rate limit of each remote host, shared by all clients of the process. */
import { RateLimit } from "./rate-limit";
import { Semaphore } from "./semaphore";

export interface RemoteHost {
  readonly semaphore: Semaphore;
  readonly rateLimit: RateLimit;
}

const hosts = new Map<string, RemoteHost>();

/** The limit that was configured last applies. */
export function remoteHost(url: URL, maxConcurrentRequests: number): RemoteHost {
  let host = hosts.get(url.host);
  if (host === undefined) {
    host = { semaphore: new Semaphore(maxConcurrentRequests), rateLimit: new RateLimit() };
    hosts.set(url.host, host);
  }
  host.semaphore.setLimit(maxConcurrentRequests);
  return host;
}
