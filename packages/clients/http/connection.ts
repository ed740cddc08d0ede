/** Sends one request over a kept-alive connection. Reports whether the request was sent, which decides whether a second attempt is safe. */
import type { Dispatcher } from "undici";
import { stopWaiting, whenAborted } from "./cancellation";
import type { Dispatchers } from "./dispatchers";
import { asList, asObject, asText } from "./json";

export interface RawRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** A proxy on this machine that the request goes to in plain text and with its whole address, whatever the environment says about proxies. */
  readonly forwarder?: URL | undefined;
}

export interface RawResponse {
  readonly status: number;
  /** Names in lower case; several of one name are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** No response arrived, or only a part of one. */
export class ExchangeFailure extends Error {
  constructor(
    /** A code of Node.js or undici, or `TIMEOUT`, `CANCELED`, `UNKNOWN`. */
    readonly code: string,
    /** False only if it is certain that no byte of the request has left this process. */
    readonly sent: boolean,
    message: string,
  ) {
    super(message);
    this.name = "ExchangeFailure";
  }
}

/** Times in milliseconds. */
export interface Timing {
  /** For the whole exchange. */
  readonly timeoutMs: number;
  /** How long a request that was sent may take after a cancellation; 0 ends it at once. */
  readonly graceMs: number;
}

/** Node.js fires a timer with a longer delay at once. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Sends one request and reads the whole response.
 * @throws ExchangeFailure
 */
export function sendOver(
  { select, direct, parseHeaders }: Dispatchers,
  request: RawRequest,
  timing: Timing,
  signal: AbortSignal,
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const dispatcher = request.forwarder === undefined ? select(request.url) : direct;
    new PendingExchange({ resolve, reject }, timing, signal, parseHeaders).start(request, dispatcher);
  });
}

interface Settlement {
  readonly resolve: (response: RawResponse) => void;
  readonly reject: (failure: ExchangeFailure) => void;
}

/** A request in flight. Settles once: by the response, a failure, the timeout, or a cancellation. */
class PendingExchange implements Dispatcher.DispatchHandlers {
  readonly #settlement: Settlement;
  readonly #timing: Timing;
  readonly #signal: AbortSignal;
  readonly #parseHeaders: Dispatchers["parseHeaders"];
  readonly #chunks: Buffer[] = [];
  #status = 0;
  #headers: Record<string, string> = {};
  #sent = false;
  #settled = false;
  #abort: ((reason?: Error) => void) | undefined;
  #timeoutTimer: NodeJS.Timeout | undefined;
  #graceTimer: NodeJS.Timeout | undefined;

  constructor(settlement: Settlement, timing: Timing, signal: AbortSignal, parseHeaders: Dispatchers["parseHeaders"]) {
    this.#settlement = settlement;
    this.#timing = timing;
    this.#signal = signal;
    this.#parseHeaders = parseHeaders;
  }

  start({ url, method, headers, body, forwarder }: RawRequest, dispatcher: Dispatcher): void {
    const timeoutMs = Math.min(this.#timing.timeoutMs, MAX_TIMER_MS);
    this.#timeoutTimer = setTimeout(() => {
      this.#fail("TIMEOUT", `no response within ${timeoutMs / 1_000} s`);
    }, timeoutMs);
    if (this.#signal.aborted) {
      this.#cancel();
      return;
    }
    whenAborted(this.#signal, this.#cancel);
    // A request without accept-encoding accepts every encoding, and responses are not decompressed here.
    const allHeaders = { "user-agent": "bitlift", "accept-encoding": "identity", ...(forwarder && { host: url.host }), ...headers };
    const address = forwarder === undefined ? `${url.pathname}${url.search}` : url.href;
    try {
      dispatcher.dispatch({ origin: (forwarder ?? url).origin, path: address, method, headers: allHeaders, body: body ?? null }, this);
    } catch (error) {
      this.#fail(codeOf(error), messageOf(error));
    }
  }

  onConnect(abort: (reason?: Error) => void): void {
    if (this.#settled) {
      // Nothing has been written yet, and nothing will be.
      abort();
      return;
    }
    this.#abort = abort;
    this.#sent = true;
  }

  onHeaders(status: number, raw: Buffer[]): boolean {
    this.#status = status;
    this.#headers = flattenHeaders(this.#parseHeaders(raw));
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.#chunks.push(chunk);
    return true;
  }

  onComplete(): void {
    const response = { status: this.#status, headers: this.#headers, text: Buffer.concat(this.#chunks).toString("utf8") };
    // undici releases the connection one turn of the event loop later. A request sent before that would open a new one.
    setImmediate(() => {
      setImmediate(() => {
        if (this.#settle()) this.#settlement.resolve(response);
      });
    });
  }

  onError(error: Error): void {
    this.#fail(codeOf(error), messageOf(error));
  }

  readonly #cancel = (): void => {
    const stop = (): void => {
      this.#fail("CANCELED", "canceled");
    };
    if (this.#sent && this.#timing.graceMs > 0) this.#graceTimer = setTimeout(stop, this.#timing.graceMs);
    else stop();
  };

  #fail(code: string, message: string): void {
    if (!this.#settle()) return;
    const failure = new ExchangeFailure(code, this.#sent, message);
    this.#settlement.reject(failure);
    this.#abort?.(failure);
  }

  /** False if the exchange had settled before. */
  #settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    clearTimeout(this.#timeoutTimer);
    clearTimeout(this.#graceTimer);
    stopWaiting(this.#signal, this.#cancel);
    return true;
  }
}

/** If several connection attempts fail (IPv6, then IPv4), one error contains the errors of all of them. */
function codeOf(error: unknown): string {
  return asText(asObject(error)?.["code"]) ?? asText(firstCause(error)?.["code"]) ?? "UNKNOWN";
}

/** An error for several attempts has no message of its own. */
function messageOf(error: unknown): string {
  return asText(asObject(error)?.["message"]) || asText(firstCause(error)?.["message"]) || String(error);
}

function firstCause(error: unknown): Readonly<Record<string, unknown>> | undefined {
  return asObject(asList(asObject(error)?.["errors"])?.[0]);
}

function flattenHeaders(headers: Readonly<Record<string, string | string[]>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(", ") : value]),
  );
}
