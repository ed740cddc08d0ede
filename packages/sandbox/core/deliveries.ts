// Deliveries of events to webhooks: who gets one, how it is signed and sent over HTTP, and what the control path shows of it.
import type { Clock } from "./clock";
import { redact } from "./request-log";
import type { Attempt } from "./webhook-post";

/** What the control path shows of a delivery; it holds the signature, never the secret. */
export interface Delivery extends DeliveryResult {
  readonly time: string;
  readonly event: string;
  /** `workspace/repository` or `PROJECT/repository`. */
  readonly repository: string;
  readonly hook: HookId;
  readonly url: string;
  readonly payload: unknown;
}

/** A UUID in braces on Cloud, a number on Data Center. */
type HookId = string | number;

export interface DeliveryResult {
  /**
   * delivered: answered below 500; failed: an answer from 500 up, or none; recorded: not the paired Spacelift, so nothing was sent; too-large: above
   * what is ever sent; skipped: after many failures the webhook is left alone for a while.
   */
  readonly outcome: "delivered" | "failed" | "recorded" | "too-large" | "skipped";
  readonly attempts: readonly Attempt[];
  readonly headers: Readonly<Record<string, string>>;
}

/** What happened to one webhook: its delivery, or why it got none. */
export type HookOutcome =
  | Pick<Delivery, "event" | "hook" | "url" | "outcome" | "attempts">
  | { readonly event: string; readonly hook: HookId; readonly url: string; readonly outcome: "inactive" | "not-subscribed" };

/** As much of a webhook as decides whether it gets an event. */
export interface Subscription {
  readonly url: string;
  readonly active: boolean;
  readonly events: readonly string[];
}

/** What an event is before it is sent. */
export interface Message {
  readonly event: string;
  readonly body: Buffer;
}

/** What differs between the products. */
export interface Transport<Repository, Hook> {
  nameOf(repository: Repository): string;
  /** Every webhook that hears of the repository. */
  hooksOf(repository: Repository): readonly Hook[];
  idOf(hook: Hook): HookId;
  /** Headers, attempts, and whether it is sent at all. */
  send(hook: Hook, message: Message, repository: Repository): Promise<DeliveryResult>;
}

const KEPT = 1000;

export class Deliveries<Repository, Hook extends Subscription> {
  #made: Delivery[] = [];

  constructor(
    private readonly transport: Transport<Repository, Hook>,
    private readonly clock: Clock,
  ) {}

  list(): readonly Delivery[] {
    return this.#made;
  }

  clear(): void {
    this.#made = [];
  }

  /** To one webhook after the other; says what came of each. */
  async deliver(repository: Repository, event: string, payload: unknown): Promise<readonly HookOutcome[]> {
    const { transport } = this;
    // What is on its way when everything is cleared belongs to the time before.
    const kept = this.#made;
    const outcomes: HookOutcome[] = [];
    const body = Buffer.from(JSON.stringify(payload), "utf8");
    for (const hook of transport.hooksOf(repository)) {
      const about = { event, hook: transport.idOf(hook), url: hook.url };
      if (!hook.active) outcomes.push({ ...about, outcome: "inactive" });
      else if (!hook.events.includes(event)) outcomes.push({ ...about, outcome: "not-subscribed" });
      else {
        const time = new Date(this.clock.now()).toISOString();
        const sent = await transport.send(hook, { event, body }, repository);
        keep(kept, { time, event, repository: transport.nameOf(repository), hook: about.hook, url: hook.url, ...sent, payload });
        outcomes.push({ ...about, outcome: sent.outcome, attempts: sent.attempts });
      }
    }
    return outcomes;
  }
}

function keep(made: Delivery[], delivery: Delivery): void {
  // A copy of the same shape: only values of secret names change, from a text to another one.
  made.push({ ...delivery, headers: redact(delivery.headers) as Delivery["headers"] });
  if (made.length > KEPT) made.shift();
}
