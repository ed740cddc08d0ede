/** One exchange over kept-alive connections. Says whether the request was ever sent, which decides about a second try. */
import type { Dispatcher } from "undici";
import { listOf, objectOf, textOf } from "./json";
import { createTrust } from "./custom-ca";
import { isProxied, proxiedBy } from "./proxy";

export interface Exchange {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case; several of one name are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** No (complete) answer came. */
export class ExchangeFailure extends Error {
  constructor(
    /** Code of Node.js or undici, `TIMEOUT`, or `CANCELLED`. */
    readonly code: string,
    /** False is certain: no byte of the request left this process. */
    readonly sent: boolean,
    message: string,
  ) {
    super(message);
    this.name = "ExchangeFailure";
  }
}

/** Node.js takes a longer time for none at all. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** An answer larger than this is no answer of an API. */
const LARGEST_ANSWER = 64 * 1024 * 1024;

interface Connections {
  readonly direct: Dispatcher;
  readonly outward: Dispatcher;
  readonly headersOf: (raw: Buffer[]) => Record<string, string | string[]>;
}

/** By the authority of one's own that they trust beside the public ones; none is the empty text. */
const connections = new Map<string, Promise<Connections>>();

function connect(ownAuthority: string): Promise<Connections> {
  let made = connections.get(ownAuthority);
  if (made === undefined) {
    made = makeConnections(ownAuthority);
    connections.set(ownAuthority, made);
  }
  return made;
}

/** undici and the list of authorities are loaded with the first request: a plan that asks nothing should not pay for them. */
async function makeConnections(ownAuthority: string): Promise<Connections> {
  const { Agent, EnvHttpProxyAgent, util } = await import("undici");
  const tls = ownAuthority === "" ? {} : { secureContext: await createTrust(ownAuthority) };
  // Our own clock covers the whole attempt, so undici's clocks are off. Behind a proxy the server's own TLS has options of its own.
  const options = {
    connect: { timeout: 0, ...tls },
    requestTls: { timeout: 0, ...tls },
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: LARGEST_ANSWER,
  };
  const direct = new Agent(options);
  const outward = isProxied() ? proxiedBy((noProxy) => new EnvHttpProxyAgent({ ...options, noProxy })) : direct;
  return { direct, outward, headersOf: (raw) => util.parseHeaders(raw) };
}

/** A proxy is for the way out of this machine. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(\.\d+){3}$/.test(host);
}

/**
 * Sends one request and reads the whole answer.
 * @param timing the time for all of it in milliseconds; how long a request that was sent may still take after a cancellation (0: not at all)
 * @param ownAuthority certificates that are trusted beside the public authorities, as PEM text; empty for none
 * @throws ExchangeFailure; Problem for certificates that cannot be read
 */
export async function exchange(
  request: Exchange,
  timing: { readonly timeoutMs: number; readonly graceMs: number },
  signal: AbortSignal,
  ownAuthority = "",
): Promise<RawAnswer> {
  const { direct, outward, headersOf } = await connect(ownAuthority);
  return new Promise((resolve, reject) => {
    let sent = false;
    let settled = false;
    let abort: ((reason?: Error) => void) | undefined;
    let grace: NodeJS.Timeout | undefined;
    let status = 0;
    let headers: Record<string, string> = {};
    const chunks: Buffer[] = [];

    const settle = (act: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(clock);
      clearTimeout(grace);
      signal.removeEventListener("abort", cancel);
      act();
    };
    const fail = (code: string, message: string): void => {
      settle(() => {
        const failure = new ExchangeFailure(code, sent, message);
        reject(failure);
        abort?.(failure);
      });
    };
    const cancel = (): void => {
      const stop = (): void => {
        fail("CANCELLED", "cancelled");
      };
      if (sent && timing.graceMs > 0) grace = setTimeout(stop, timing.graceMs);
      else stop();
    };
    const timeoutMs = Math.min(timing.timeoutMs, LONGEST_TIMER_MS);
    const clock = setTimeout(() => {
      fail("TIMEOUT", `no answer within ${String(timeoutMs / 1_000)} s`);
    }, timeoutMs);
    if (signal.aborted) {
      cancel();
      return;
    }
    signal.addEventListener("abort", cancel, { once: true });

    const handler: Dispatcher.DispatchHandlers = {
      onConnect(stop) {
        if (settled) {
          // Nothing has been written yet, and nothing will be.
          stop();
          return;
        }
        abort = stop;
        sent = true;
      },
      onHeaders(code, raw) {
        status = code;
        headers = flat(headersOf(raw));
        return true;
      },
      onData(chunk) {
        chunks.push(chunk);
        return true;
      },
      onComplete() {
        const text = Buffer.concat(chunks).toString("utf8");
        // undici takes the connection back one turn of the event loop later. Whoever goes on before that opens a new one.
        setImmediate(() =>
          setImmediate(() =>
            settle(() => {
              resolve({ status, headers, text });
            }),
          ),
        );
      },
      onError(error) {
        fail(codeOf(error), messageOf(error));
      },
    };
    const { url } = request;
    const target = isLoopback(url.hostname) ? direct : outward;
    try {
      target.dispatch(
        {
          origin: url.origin,
          path: `${url.pathname}${url.search}`,
          method: request.method,
          // Who says nothing about encodings takes all of them, and answers are not unpacked here.
          headers: { "user-agent": "bitlift", "accept-encoding": "identity", ...request.headers },
          body: request.body ?? null,
        },
        handler,
      );
    } catch (error) {
      fail(codeOf(error), messageOf(error));
    }
  });
}

/** The code of an error; several connection attempts (IPv6, then IPv4) come as one error that holds the others. */
function codeOf(error: unknown): string {
  const found = objectOf(error);
  const code = textOf(found?.["code"]) ?? textOf(objectOf(listOf(found?.["errors"])?.[0])?.["code"]);
  return code ?? "UNKNOWN";
}

/** An error for several attempts has no message of its own. */
function messageOf(error: unknown): string {
  const found = objectOf(error);
  return textOf(found?.["message"]) || textOf(objectOf(listOf(found?.["errors"])?.[0])?.["message"]) || String(error);
}

function flat(headers: Readonly<Record<string, string | string[]>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(", ") : value]),
  );
}
