// Delivering events to webhooks: over HTTP to the paired Spacelift, and to nowhere else.
import { createHmac, randomUUID } from "node:crypto";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { State } from "./operation";
import { fullName, type Hook, type Repository } from "./store";

/** What the control path shows of a delivery; it holds the signature, never the secret. */
export interface Delivery {
  readonly time: string;
  readonly event: string;
  /** `workspace/repository`. */
  readonly repository: string;
  readonly hook: string;
  readonly url: string;
  /**
   * delivered: answered below 500; failed: three answers from 500 up, or none; recorded: not the paired Spacelift, so nothing was sent; too-large:
   * above 256 KB, which is never sent.
   */
  readonly outcome: "delivered" | "failed" | "recorded" | "too-large";
  readonly attempts: readonly Attempt[];
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: unknown;
}

export interface Attempt {
  readonly number: number;
  /** 0 without an answer. */
  readonly status: number;
  readonly error?: string;
  readonly milliseconds: number;
}

/** What happened to one webhook: its deliveries, or why it got none. */
export type HookOutcome =
  | Pick<Delivery, "event" | "hook" | "url" | "outcome" | "attempts">
  | { readonly event: string; readonly hook: string; readonly url: string; readonly outcome: "inactive" | "not-subscribed" };

const LARGEST = 256 * 1024;
const ATTEMPTS = 3;
const KEPT = 1000;

export class Deliveries {
  #made: Delivery[] = [];

  constructor(private readonly state: State) {}

  list(): readonly Delivery[] {
    return this.#made;
  }

  clear(): void {
    this.#made = [];
  }

  /** Delivers to the repository's and the workspace's webhooks, one after the other, and says what came of each. */
  async deliver(repository: Repository, event: string, payload: unknown): Promise<readonly HookOutcome[]> {
    const outcomes: HookOutcome[] = [];
    const body = Buffer.from(JSON.stringify(payload), "utf8");
    for (const hook of [...repository.hooks.values(), ...repository.workspace.hooks.values()]) {
      const about = { event, hook: hook.uuid, url: hook.url };
      if (!hook.active) outcomes.push({ ...about, outcome: "inactive" });
      else if (!hook.events.includes(event)) outcomes.push({ ...about, outcome: "not-subscribed" });
      else {
        const delivery = await this.#deliverTo(hook, { repository: fullName(repository), event, body, payload });
        this.#made.push(delivery);
        if (this.#made.length > KEPT) this.#made.shift();
        outcomes.push({ ...about, outcome: delivery.outcome, attempts: delivery.attempts });
      }
    }
    return outcomes;
  }

  async #deliverTo(
    hook: Hook,
    { repository, event, body, payload }: { repository: string; event: string; body: Buffer; payload: unknown },
  ): Promise<Delivery> {
    const headers: Record<string, string> = {
      "X-Event-Key": event,
      "X-Hook-UUID": hook.uuid.slice(1, -1),
      "X-Request-UUID": randomUUID(),
      "Content-Type": "application/json",
      "User-Agent": "Bitbucket-Webhooks/2.0",
    };
    if (hook.secret !== null) headers["X-Hub-Signature"] = `sha256=${createHmac("sha256", hook.secret).update(body).digest("hex")}`;
    const time = new Date(this.state.clock.now()).toISOString();
    const shown = { time, event, repository, hook: hook.uuid, url: hook.url, headers, payload };
    if (body.length > LARGEST) return { ...shown, outcome: "too-large", attempts: [] };
    if (!this.state.paired().includes(originOf(hook.url))) return { ...shown, outcome: "recorded", attempts: [] };
    const attempts: Attempt[] = [];
    for (let number = 1; number <= ATTEMPTS; number++) {
      const attempt = await post(hook, {
        headers: { ...headers, "X-Attempt-Number": String(number) },
        body,
        number,
        timeout: this.state.switches["delivery-timeout"],
      });
      attempts.push(attempt);
      // Only an answer from 500 up is tried again; no answer at all is not.
      if (attempt.status < 500) break;
    }
    const last = attempts.at(-1)?.status ?? 0;
    return { ...shown, outcome: last > 0 && last < 500 ? "delivered" : "failed", attempts };
  }
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : "";
}

function post(
  hook: Hook,
  { headers, body, number, timeout }: { headers: Record<string, string>; body: Buffer; number: number; timeout: number },
): Promise<Attempt> {
  const started = performance.now();
  const secure = hook.url.startsWith("https:");
  return new Promise((resolve) => {
    const done = (status: number, error?: string): void =>
      resolve({ number, status, ...(error === undefined ? {} : { error }), milliseconds: Math.round(performance.now() - started) });
    const options = {
      method: "POST",
      // A connection of its own for each: nothing of it outlives the sandbox.
      agent: false,
      headers: { ...headers, "Content-Length": body.length },
      signal: AbortSignal.timeout(timeout),
      ...(secure ? { rejectUnauthorized: !hook.skipCertVerification } : {}),
    };
    const request = (secure ? httpsRequest : httpRequest)(hook.url, options, (response) => {
      response.resume();
      response.once("end", () => done(response.statusCode ?? 0));
      response.once("error", (error) => done(0, reasonOf(error, timeout)));
    });
    request.once("error", (error) => done(0, reasonOf(error, timeout)));
    request.end(body);
  });
}

function reasonOf(error: Error, timeout: number): string {
  return error.name === "AbortError" || error.name === "TimeoutError" ? `no answer within ${timeout} ms` : error.message;
}
