// The history of a webhook's deliveries: the latest of each outcome, and counts. It is dropped together with the webhook.
import type { PostResult } from "../../core/webhook-post";
import { CircuitBreaker } from "./circuit-breaker";
import type { Webhook } from "./store";

/** SUCCESS: a 2xx response; FAILURE: any other response; ERROR: no response. The details are assumed. */
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
  /** The newest 1,000, oldest first. */
  readonly invocations: Invocation[];
}

const HISTORY_LENGTH = 1000;
/** The period that counts cover. Assumed. */
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

  record(webhook: Webhook, invocation: Omit<Invocation, "id">): void {
    const history = this.#historyOf(webhook);
    this.#lastId += 1;
    history.invocations.push({ id: this.#lastId, ...invocation });
    if (history.invocations.length > HISTORY_LENGTH) history.invocations.shift();
    history.circuitBreaker.record(classifyInvocation(invocation.result) === "SUCCESS", invocation.start);
  }

  findLatest(
    webhook: Webhook,
    filter: { readonly event?: string | undefined; readonly outcome?: Outcome | undefined },
  ): Invocation | undefined {
    return this.#historyOf(webhook).invocations.findLast(
      ({ event, result }) =>
        (filter.event === undefined || event === filter.event) &&
        (filter.outcome === undefined || classifyInvocation(result) === filter.outcome),
    );
  }

  listEvents(webhook: Webhook): readonly string[] {
    return [...new Set(this.#historyOf(webhook).invocations.map(({ event }) => event))];
  }

  countOutcomes(webhook: Webhook, event: string | undefined, now: number) {
    const start = now - COUNT_WINDOW;
    const outcomes = this.#historyOf(webhook)
      .invocations.filter((invocation) => invocation.start >= start && (event === undefined || invocation.event === event))
      .map(({ result }) => classifyInvocation(result));
    const count = (outcome: Outcome): number => outcomes.filter((candidate) => candidate === outcome).length;
    return { errors: count("ERROR"), failures: count("FAILURE"), successes: count("SUCCESS"), window: { start, duration: COUNT_WINDOW } };
  }

  #historyOf(webhook: Webhook): History {
    const existing = this.#histories.get(webhook);
    if (existing !== undefined) return existing;
    const history: History = { circuitBreaker: new CircuitBreaker(), invocations: [] };
    this.#histories.set(webhook, history);
    return history;
  }
}
