// What became of a webhook's deliveries, as its administrators can ask: the last of each kind, and counts. Forgotten with the webhook.
import type { PostResult } from "../../core/webhook-post";
import { CircuitBreaker } from "./circuit-breaker";
import type { Webhook } from "./store";

/** SUCCESS: answered with 2xx; FAILURE: answered with anything else; ERROR: no response. Assumed in detail. */
export const OUTCOMES = ["SUCCESS", "FAILURE", "ERROR"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Invocation {
  readonly id: number;
  readonly event: string;
  readonly repositoryId: number;
  readonly start: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly result: PostResult;
}

interface History {
  readonly circuitBreaker: CircuitBreaker;
  /** Oldest first, the newest 1,000. */
  readonly invocations: Invocation[];
}

const HISTORY_LENGTH = 1000;
/** Counts look back this far. Assumed. */
const COUNT_WINDOW = 24 * 60 * 60 * 1000;

export function classifyInvocation({ status }: Pick<PostResult, "status">): Outcome {
  return status === 0 ? "ERROR" : status >= 200 && status < 300 ? "SUCCESS" : "FAILURE";
}

export class Invocations {
  readonly #histories = new WeakMap<Webhook, History>();
  #lastId = 0;

  circuitBreakerOf(webhook: Webhook): CircuitBreaker {
    return this.#historyOf(webhook).circuitBreaker;
  }

  record(webhook: Webhook, made: Omit<Invocation, "id">): void {
    const history = this.#historyOf(webhook);
    this.#lastId += 1;
    history.invocations.push({ id: this.#lastId, ...made });
    if (history.invocations.length > HISTORY_LENGTH) history.invocations.shift();
    history.circuitBreaker.record(classifyInvocation(made.result) === "SUCCESS", made.start);
  }

  findLatest(
    webhook: Webhook,
    wanted: { readonly event?: string | undefined; readonly outcome?: Outcome | undefined },
  ): Invocation | undefined {
    return this.#historyOf(webhook).invocations.findLast(
      ({ event, result: response }) =>
        (wanted.event === undefined || event === wanted.event) &&
        (wanted.outcome === undefined || classifyInvocation(response) === wanted.outcome),
    );
  }

  listEvents(webhook: Webhook): readonly string[] {
    return [...new Set(this.#historyOf(webhook).invocations.map(({ event }) => event))];
  }

  countOutcomes(webhook: Webhook, event: string | undefined, now: number) {
    const start = now - COUNT_WINDOW;
    const counted = this.#historyOf(webhook).invocations.filter(
      (one) => one.start >= start && (event === undefined || one.event === event),
    );
    const count = (outcome: Outcome): number => counted.filter(({ result: response }) => classifyInvocation(response) === outcome).length;
    return { errors: count("ERROR"), failures: count("FAILURE"), successes: count("SUCCESS"), window: { start, duration: COUNT_WINDOW } };
  }

  #historyOf(webhook: Webhook): History {
    const known = this.#histories.get(webhook);
    if (known !== undefined) return known;
    const made: History = { circuitBreaker: new CircuitBreaker(), invocations: [] };
    this.#histories.set(webhook, made);
    return made;
  }
}
