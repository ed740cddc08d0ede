/** Kept-alive connections: one pool per additional certificate authority, with and without the proxy. */
import type { Dispatcher } from "undici";
import { createTrust } from "./custom-ca";
import { createProxyAgent, isProxied } from "./proxy";

/** A larger response does not come from an API. */
const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

export interface Dispatchers {
  readonly direct: Dispatcher;
  /** Through the proxy if one is configured, otherwise the same as `direct`. */
  readonly outbound: Dispatcher;
  readonly parseHeaders: (raw: Buffer[]) => Record<string, string | string[]>;
}

/** By the PEM text of the additional authority; the empty text for none. */
const pools = new Map<string, Promise<Dispatchers>>();

/** @throws Problem `provider-setting-invalid` for certificates or a proxy address that cannot be used */
export function dispatchersFor(caCertificate: string): Promise<Dispatchers> {
  let dispatchers = pools.get(caCertificate);
  if (dispatchers === undefined) {
    dispatchers = createDispatchers(caCertificate);
    pools.set(caCertificate, dispatchers);
  }
  return dispatchers;
}

/** undici and the list of authorities are loaded with the first request, so that a plan without requests does not pay for them. */
async function createDispatchers(caCertificate: string): Promise<Dispatchers> {
  const { Agent, EnvHttpProxyAgent, util } = await import("undici");
  const tls = caCertificate === "" ? {} : { secureContext: await createTrust(caCertificate) };
  // Our own timer covers the whole attempt, so undici's timers are off. Behind a proxy the TLS of the server has separate options.
  const options = {
    connect: { timeout: 0, ...tls },
    requestTls: { timeout: 0, ...tls },
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: MAX_RESPONSE_BYTES,
  };
  const direct = new Agent(options);
  const outbound = isProxied() ? createProxyAgent((noProxy) => new EnvHttpProxyAgent({ ...options, noProxy })) : direct;
  return { direct, outbound, parseHeaders: (raw) => util.parseHeaders(raw) };
}
