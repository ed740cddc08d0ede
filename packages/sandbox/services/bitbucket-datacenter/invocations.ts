// What became of a webhook's deliveries, as its administrators can ask: the last of each kind, and counts. Forgotten with the webhook.
import type { PostResult } from "../../core/webhook-post";
import { Circuit } from "./circuit";
import type { Hook } from "./store";

/** SUCCESS: answered with 2xx; FAILURE: answered with anything else; ERROR: no answer. Assumed in detail. */
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
  readonly answer: PostResult;
}

interface History {
  readonly circuit: Circuit;
  /** Oldest first, the newest 1,000. */
  readonly made: Invocation[];
}

const KEPT = 1000;
/** Counts look back this far. Assumed. */
const WINDOW = 24 * 60 * 60 * 1000;

export function outcomeOf({ status }: Pick<PostResult, "status">): Outcome {
  return status === 0 ? "ERROR" : status >= 200 && status < 300 ? "SUCCESS" : "FAILURE";
}

export class Invocations {
  readonly #histories = new WeakMap<Hook, History>();
  #lastId = 0;

  circuitOf(hook: Hook): Circuit {
    return this.#of(hook).circuit;
  }

  add(hook: Hook, made: Omit<Invocation, "id">): void {
    const history = this.#of(hook);
    this.#lastId += 1;
    history.made.push({ id: this.#lastId, ...made });
    if (history.made.length > KEPT) history.made.shift();
    history.circuit.record(outcomeOf(made.answer) === "SUCCESS", made.start);
  }

  latest(hook: Hook, wanted: { readonly event?: string | undefined; readonly outcome?: Outcome | undefined }): Invocation | undefined {
    return this.#of(hook).made.findLast(
      ({ event, answer }) =>
        (wanted.event === undefined || event === wanted.event) && (wanted.outcome === undefined || outcomeOf(answer) === wanted.outcome),
    );
  }

  events(hook: Hook): readonly string[] {
    return [...new Set(this.#of(hook).made.map(({ event }) => event))];
  }

  counts(hook: Hook, event: string | undefined, now: number) {
    const start = now - WINDOW;
    const counted = this.#of(hook).made.filter((one) => one.start >= start && (event === undefined || one.event === event));
    const count = (outcome: Outcome): number => counted.filter(({ answer }) => outcomeOf(answer) === outcome).length;
    return { errors: count("ERROR"), failures: count("FAILURE"), successes: count("SUCCESS"), window: { start, duration: WINDOW } };
  }

  #of(hook: Hook): History {
    const known = this.#histories.get(hook);
    if (known !== undefined) return known;
    const made: History = { circuit: new Circuit(), made: [] };
    this.#histories.set(hook, made);
    return made;
  }
}
