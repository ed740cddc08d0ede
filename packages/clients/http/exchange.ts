/**
 * Sends one request to a server that Node.js or this machine trusts. Node.js has its own list of authorities; the machine's certificates are read
 * only if a server's authority is not on it, because reading them takes as long as the rest of the first request.
 */
import { ExchangeFailure, sendOver, type RawRequest, type RawResponse, type Timing } from "./connection";
import type { AdditionalAuthority } from "./custom-ca";
import { createDispatchers, type Dispatchers } from "./dispatchers";
import { machineCertificates } from "./machine-certificates";

/** Codes of OpenSSL for a certificate of an unknown authority. */
const UNKNOWN_AUTHORITY =
  /^(UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|CERT_UNTRUSTED)$/;

interface Pools {
  /** The authorities of Node.js, and the additional one. */
  readonly own: Promise<Dispatchers>;
  /** With the machine's authorities too. Undefined until a server needs them; resolves to undefined if the machine has no others. */
  withMachine: Promise<Dispatchers | undefined> | undefined;
  /** Servers whose authority only the machine trusts. */
  readonly knownToMachine: Set<string>;
}

/** The key is the PEM text of the additional authority, empty for none. */
const poolsByAuthority = new Map<string, Pools>();

/**
 * Sends one request and reads the whole response.
 * @throws ExchangeFailure; Problem for certificates that cannot be read, or a proxy address that cannot be used
 */
export async function exchange(
  request: RawRequest,
  timing: Timing,
  signal: AbortSignal,
  authority: AdditionalAuthority,
): Promise<RawResponse> {
  const pools = poolsFor(authority);
  const { origin } = request.url;
  if (!pools.knownToMachine.has(origin)) {
    try {
      return await sendOver(await pools.own, request, timing, signal);
    } catch (failure) {
      if (!isUnknownAuthority(failure)) throw failure;
      if ((await withMachine(pools, authority)) === undefined) throw failure;
    }
  }
  // The handshake comes before the request, so nothing has been sent.
  const response = await sendOver((await withMachine(pools, authority)) ?? (await pools.own), request, timing, signal);
  pools.knownToMachine.add(origin);
  return response;
}

function poolsFor(authority: AdditionalAuthority): Pools {
  let pools = poolsByAuthority.get(authority.pem);
  if (pools === undefined) {
    pools = { own: createDispatchers(authority, []), withMachine: undefined, knownToMachine: new Set() };
    poolsByAuthority.set(authority.pem, pools);
  }
  return pools;
}

function withMachine(pools: Pools, authority: AdditionalAuthority): Promise<Dispatchers | undefined> {
  pools.withMachine ??= machineCertificates().then((certificates) =>
    certificates.length === 0 ? undefined : createDispatchers(authority, certificates),
  );
  return pools.withMachine;
}

function isUnknownAuthority(failure: unknown): boolean {
  return failure instanceof ExchangeFailure && !failure.sent && UNKNOWN_AUTHORITY.test(failure.code);
}
