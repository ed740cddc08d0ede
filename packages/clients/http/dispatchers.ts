/** Kept-alive connections: one pool per set of trusted certificate authorities, with and without the proxy. */
import type { Dispatcher } from "undici";
import { createTrust, type AdditionalAuthority } from "./custom-ca";
import { selectByProxy } from "./proxy";

/** A larger response does not come from an API. */
const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

export interface Dispatchers {
  /** For one request: through the proxy if one is configured for its address. */
  readonly select: (url: URL) => Dispatcher;
  /** Never through a proxy. */
  readonly direct: Dispatcher;
  readonly parseHeaders: (raw: Buffer[]) => Record<string, string | string[]>;
}

/**
 * undici and the list of authorities are loaded with the first request, because loading them takes time that a plan without requests does not need.
 * @param further PEM texts of further authorities
 * @throws Problem `provider-setting-invalid` for certificates or a proxy address that cannot be used
 */
export async function createDispatchers(authority: AdditionalAuthority, further: readonly string[]): Promise<Dispatchers> {
  const { Agent, ProxyAgent, util } = await import("undici");
  const trustsMore = authority.pem !== "" || further.length > 0;
  // Without a context, Node.js uses its own list of authorities.
  const tls = { timeout: 0, ...(trustsMore && { secureContext: await createTrust(authority, further) }) };
  // Our own timer covers the whole attempt, so undici's timers are off. Behind a proxy the TLS of the proxy and of the server have separate options.
  const options = {
    connect: tls,
    proxyTls: tls,
    requestTls: tls,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: MAX_RESPONSE_BYTES,
  };
  const direct = new Agent(options);
  const select = selectByProxy<Dispatcher>(direct, (uri) => new ProxyAgent({ ...options, uri }));
  return { select, direct, parseHeaders: (raw) => util.parseHeaders(raw) };
}
