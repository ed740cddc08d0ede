/** How long to wait for a remote host that limits requests: one per host and process, so that all wait for the same refusal. */

/** What a host that limits requests says about it in its headers, lower case. */
export type AnswerHeaders = Readonly<Record<string, string>>;

/** Where nothing says how long: the first wait, doubled each time, up to the longest. */
const FIRST_WAIT_MS = 4_000;
const LONGEST_WAIT_MS = 120_000;
const SHORTEST_WAIT_MS = 100;
/** A larger number in `x-ratelimit-reset` is a point in time and not a number of seconds. */
const LONGEST_WINDOW_S = 3_600;

export class RateLimit {
  #closedUntil = 0;

  /** Milliseconds until the host may be asked again; 0 where nothing is known against it. */
  delay(now: number): number {
    return Math.max(0, this.#closedUntil - now);
  }

  /**
   * Notes a refusal.
   * @param refusals how many the request has had before this one
   * @returns milliseconds to wait: `Retry-After`, else a small `x-ratelimit-reset`, else a growing wait with jitter
   */
  refused(headers: AnswerHeaders, refusals: number, now: number): number {
    const said = saidWait(headers, now);
    // A host that keeps saying "at once" and keeps refusing is asked less and less often.
    const wait =
      said === undefined
        ? jittered(FIRST_WAIT_MS, refusals, LONGEST_WAIT_MS)
        : Math.max(said, jittered(SHORTEST_WAIT_MS, refusals, FIRST_WAIT_MS));
    this.#closedUntil = Math.max(this.#closedUntil, now + wait);
    return this.#closedUntil - now;
  }
}

/** Milliseconds that the answer's headers ask for; undefined where they do not say. */
export function saidWait(headers: AnswerHeaders, now: number): number | undefined {
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

/** Doubles with every round, up to the longest; between half and all of it, so that many do not come back at once. */
export function jittered(firstMs: number, round: number, longestMs: number): number {
  return Math.min(longestMs, firstMs * 2 ** round) * (0.5 + Math.random() / 2);
}
