// Delivers events to the webhooks of a repository, and keeps the deliveries for the control path.
import type { Clock } from "./clock";
import { redact } from "./request-log";
import type { Attempt } from "./webhook-post";

/** A delivery as the control path shows it: with its signature, without the secret. */
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
   * delivered: the receiver responded with a status below 500. failed: it responded with 500 or above, or not at all. recorded: the URL is not that of
   * the paired Spacelift, so nothing was sent. too-large: the product never sends a body of this size. skipped: the webhook failed too often and is paused.
   */
  readonly outcome: "delivered" | "failed" | "recorded" | "too-large" | "skipped";
  readonly attempts: readonly Attempt[];
  readonly headers: Readonly<Record<string, string>>;
}

/** The outcome of an event for one webhook: its delivery, or the reason why nothing was delivered. */
export type HookOutcome =
  | Pick<Delivery, "event" | "hook" | "url" | "outcome" | "attempts">
  | { readonly event: string; readonly hook: HookId; readonly url: string; readonly outcome: "inactive" | "not-subscribed" };

/** The part of a webhook that decides whether it receives an event. */
export interface Subscription {
  readonly url: string;
  readonly active: boolean;
  readonly events: readonly string[];
}

/** An event before it is sent. */
export interface Message {
  readonly event: string;
  readonly body: Buffer;
}

/** The part that differs between the products: headers, attempts, and conditions of sending. */
export interface Transport<Repository, Hook> {
  nameOf(repository: Repository): string;
  /** Every webhook that can receive events of the repository. */
  hooksOf(repository: Repository): readonly Hook[];
  idOf(hook: Hook): HookId;
  send(hook: Hook, message: Message, repository: Repository): Promise<DeliveryResult>;
}

const CAPACITY = 1000;

export class Deliveries<Repository, Hook extends Subscription> {
  readonly #transport: Transport<Repository, Hook>;
  readonly #clock: Clock;
  #deliveries: Delivery[] = [];

  constructor(transport: Transport<Repository, Hook>, clock: Clock) {
    this.#transport = transport;
    this.#clock = clock;
  }

  list(): readonly Delivery[] {
    return this.#deliveries;
  }

  clear(): void {
    this.#deliveries = [];
  }

  /** Sends the event to one webhook after the other. */
  async deliver(repository: Repository, event: string, payload: unknown): Promise<readonly HookOutcome[]> {
    const transport = this.#transport;
    // A delivery that is in flight while the list is cleared goes to the old list.
    const deliveries = this.#deliveries;
    const outcomes: HookOutcome[] = [];
    const body = Buffer.from(JSON.stringify(payload), "utf8");
    for (const hook of transport.hooksOf(repository)) {
      const subject = { event, hook: transport.idOf(hook), url: hook.url };
      if (!hook.active) outcomes.push({ ...subject, outcome: "inactive" });
      else if (!hook.events.includes(event)) outcomes.push({ ...subject, outcome: "not-subscribed" });
      else {
        const time = new Date(this.#clock.now()).toISOString();
        const result = await transport.send(hook, { event, body }, repository);
        store(deliveries, { time, ...subject, repository: transport.nameOf(repository), ...result, payload });
        outcomes.push({ ...subject, outcome: result.outcome, attempts: result.attempts });
      }
    }
    return outcomes;
  }
}

function store(deliveries: Delivery[], delivery: Delivery): void {
  // The copy has the same shape: redaction replaces a text by another text.
  deliveries.push({ ...delivery, headers: redact(delivery.headers) as Delivery["headers"] });
  if (deliveries.length > CAPACITY) deliveries.shift();
}
