/** The rate limit of a remote host: how long to wait after a 429, and sending a request once the wait is over. */
import { attempt } from "./attempt";
import { ExchangeFailure, MAX_TIMER_MS, type RawResponse } from "./connection";
import { pause } from "./pause";
import { rateLimitProblem } from "./problems";
import { operationOf, summarize, type HttpRequest, type RequestContext } from "./request";

/** Names in lower case. */
export type ResponseHeaders = Readonly<Record<string, string>>;

/** If the host does not say how long to wait: the first wait, doubled each time, up to the longest. */
const FIRST_WAIT_MS = 4_000;
const LONGEST_WAIT_MS = 120_000;
const SHORTEST_WAIT_MS = 100;
/** A larger number in `x-ratelimit-reset` is a point in time and not a number of seconds. */
const LONGEST_WINDOW_S = 3_600;
/** A timer may fire a moment early. */
const TIMER_TOLERANCE_MS = 5;

/** One per host and process, so that one 429 delays all requests. */
export class RateLimit {
  #closedUntil = 0;

  /** Milliseconds until the host accepts requests again; 0 if no limit is known. */
  delay(now: number): number {
    return Math.max(0, this.#closedUntil - now);
  }

  /**
   * Records a 429. Requests wait for `Retry-After`, else for a small `x-ratelimit-reset`, else for a growing time with jitter.
   * @param rejections how often the host has rejected the same request before
   */
  recordRejection(headers: ResponseHeaders, rejections: number, now: number): void {
    const requested = requestedWait(headers, now);
    // If a host keeps responding "retry at once", the waits still grow.
    const wait =
      requested === undefined
        ? backoff(FIRST_WAIT_MS, rejections, LONGEST_WAIT_MS)
        : Math.max(requested, backoff(SHORTEST_WAIT_MS, rejections, FIRST_WAIT_MS));
    this.#closedUntil = Math.max(this.#closedUntil, now + wait);
  }
}

/**
 * Sends a request as soon as the rate limit of the host allows it, and again after each 429. That is safe for a write too,
 * because servers check their limits before anything else.
 * @throws Problem `remote-rate-limited` if the wait would exceed the setting, `operation-canceled`
 */
export async function sendWithinRateLimit(request: HttpRequest, context: RequestContext): Promise<RawResponse | ExchangeFailure> {
  for (;;) {
    await waitForRateLimit(request, context);
    const outcome = await attempt(request, context);
    if (outcome === "rate-limited") continue;
    if (outcome instanceof ExchangeFailure || outcome.status !== 429) return outcome;
    context.progress.rejections += 1;
  }
}

async function waitForRateLimit(request: HttpRequest, context: RequestContext): Promise<void> {
  const { settings, progress, host } = context;
  const summary = summarize(request, context, "no");
  for (let delay = host.rateLimit.delay(Date.now()); delay > 0; delay = host.rateLimit.delay(Date.now())) {
    const allowed = settings.rateLimitMaxWaitMs;
    if (progress.waitedMs + delay > allowed) throw rateLimitProblem(summary, progress.waitedMs, delay, allowed);
    logWait(request, context, delay);
    settings.onWait?.({ system: context.system, host: request.url.host, waitedMs: progress.waitedMs, neededMs: delay });
    await pause(delay + TIMER_TOLERANCE_MS, settings.signal, summary);
    progress.waitedMs += Math.min(delay, MAX_TIMER_MS);
  }
}

function logWait(request: HttpRequest, { system, secrets, settings, progress }: RequestContext, delay: number): void {
  settings.log.info(`waiting for the rate limit of ${system}`, {
    host: request.url.host,
    operation: secrets.redact(operationOf(request)),
    seconds: Math.ceil(delay / 1_000),
    waitedSeconds: Math.round(progress.waitedMs / 1_000),
    allowedSeconds: Math.round(settings.rateLimitMaxWaitMs / 1_000),
  });
}

/** The wait in milliseconds that the headers request; undefined if they do not say. */
export function requestedWait(headers: ResponseHeaders, now: number): number | undefined {
  const retryAfter = headers["retry-after"]?.trim();
  if (retryAfter !== undefined && retryAfter !== "") {
    const seconds = Number(retryAfter);
    if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
    const date = Date.parse(retryAfter);
    if (!Number.isNaN(date)) return Math.max(0, date - now);
  }
  const reset = Number(headers["x-ratelimit-reset"] ?? Number.NaN);
  return Number.isFinite(reset) && reset > 0 && reset <= LONGEST_WINDOW_S ? reset * 1_000 : undefined;
}

/** Doubles with every round, up to `longestMs`. The result is random between half and all of that, so that requests do not all return at once. */
export function backoff(firstMs: number, round: number, longestMs: number): number {
  return Math.min(longestMs, firstMs * 2 ** round) * (0.5 + Math.random() / 2);
}
