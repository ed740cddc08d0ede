/** The only HTTP floor: one request with everything that has to be right about it, and nothing about its meaning. */
import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Problem, type Execution } from "../../diagnostics";
import { exchange, ExchangeFailure, LONGEST_TIMER_MS, type Exchange, type RawAnswer } from "./connection";
import {
  explainCancelled,
  explainExchange,
  explainLimited,
  explainRedirect,
  explainServerError,
  explainUnusable,
  kindOfBody,
  type Asked,
} from "./explain";
import { Semaphore } from "./semaphore";
import { parsedJson } from "./json";
import { jittered, RateLimit, saidWait } from "./rate-limit";
import { failureOf, RETRY_RULES } from "./retry";
import type { Secrets } from "./secrets";

/** Named values beside a log line. Never a secret, never a body. */
export type ApiLogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface ApiLog {
  debug(message: string, fields?: ApiLogFields): void;
  info(message: string, fields?: ApiLogFields): void;
  warn(message: string, fields?: ApiLogFields): void;
}

/** How requests to remote systems behave; all times in milliseconds. */
export interface RemoteSettings {
  /** For one attempt, from connecting to the last byte of the answer. */
  readonly requestTimeoutMs: number;
  /** How long one request may wait in all for a rate limit. */
  readonly rateLimitMaxWaitMs: number;
  /** In flight per remote host and process. */
  readonly maxConcurrentRequests: number;
  readonly log: ApiLog;
  readonly signal: AbortSignal;
  /** For a system that may have an authority of its own: its certificates as PEM text, null for none. */
  readonly caCertificate?: string | null;
  /** First wait before a second attempt, doubled each time; 500 unless a test is in a hurry. */
  readonly firstRetryMs?: number;
}

export interface HttpRequest extends Exchange {
  /** Whether it changes anything; a GraphQL query is a POST that reads. */
  readonly effect: "read" | "write";
  /** For log and messages; method and path where it is left out. */
  readonly operation?: string;
}

/** An answer that means something: a success, or a refusal of the remote system (4xx except 408 and 429). */
export interface HttpAnswer extends RawAnswer {
  /** The parsed body; undefined where it is no JSON. */
  readonly body: unknown;
  readonly asked: Asked;
}

const ATTEMPTS = 4;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;
const REDIRECTS = 5;
/** No message quotes more of an answer than a small part of this. */
const LONGEST_QUOTED = 64 * 1024;
/** A change that is under way when the engine asks to stop gets this long to tell its result: the state shall be true. */
const GRACE_MS = 5_000;

interface RemoteHost {
  readonly gate: Semaphore;
  readonly rateLimit: RateLimit;
}

/** One gate and one rate limit per remote host, however many clients this process makes. */
const hosts = new Map<string, RemoteHost>();

export class Http {
  constructor(
    /** For messages: `Spacelift`, `Bitbucket Cloud`. */
    readonly system: string,
    private readonly settings: RemoteSettings,
    private readonly secrets: Secrets,
  ) {
    // Every request under way listens; dozens of them are no leak.
    setMaxListeners(0, settings.signal);
  }

  get #about(): Pick<Asked, "system" | "caCertificate"> {
    return { system: this.system, caCertificate: this.settings.caCertificate };
  }

  /** Text of a remote system or of Node.js, without our secrets. */
  hide(text: string): string {
    return this.secrets.hide(text);
  }

  /**
   * Sends a request, again where the table in retry.ts allows it, and waits for rate limits.
   * @throws Problem: `remote-unreachable`, `remote-response-invalid` (5xx), `remote-rate-limited`, `remote-redirect`, `operation-canceled`;
   * its `execution` is "unknown" where a write may have been carried out.
   */
  async send(request: HttpRequest): Promise<HttpAnswer> {
    try {
      return await this.#send(request);
    } catch (failure) {
      throw this.withoutSecrets(failure);
    }
  }

  /** Like `send`; a success that is not JSON is an error, and with `orEmpty` one that has a body all the same. */
  async sendForJson(request: HttpRequest, options: { readonly orEmpty?: boolean } = {}): Promise<HttpAnswer> {
    const answer = await this.send(request);
    if (options.orEmpty === true && answer.text.trim() === "") return answer;
    if (answer.status < 300 && answer.body === undefined) throw this.unusable(answer, `with ${kindOfBody(answer)} where JSON is expected`);
    return answer;
  }

  /** An answer that cannot be used; `what` continues "…answered". */
  unusable(answer: HttpAnswer, what: string): Problem {
    return this.withoutSecrets(explainUnusable(answer.asked, what, answer.status)) as Problem;
  }

  /** An answer as a message may quote it. A message cuts long texts, and half of a secret is found by nobody: it goes before that. */
  quotable<Answer extends RawAnswer>(answer: Answer): Answer {
    return { ...answer, text: this.hide(answer.text.slice(0, LONGEST_QUOTED)) };
  }

  /** The same failure, and no secret in its texts. */
  withoutSecrets(failure: unknown): unknown {
    if (!(failure instanceof Problem)) return failure;
    const { why, fix } = failure.diagnostic;
    const hidden = { why: this.hide(why), fix: this.hide(fix) };
    if (hidden.why === why && hidden.fix === fix) return failure;
    const { kind, execution, status, cause } = failure;
    return new Problem(
      { ...failure.diagnostic, ...hidden },
      {
        // Whether a second try is safe hangs on it. It is shown to nobody.
        ...(cause === undefined ? {} : { cause }),
        ...(kind === undefined ? {} : { kind }),
        ...(execution === undefined ? {} : { execution }),
        ...(status === undefined ? {} : { status }),
      },
    );
  }

  async #send(request: HttpRequest): Promise<HttpAnswer> {
    const operation = request.operation ?? `${request.method} ${request.url.pathname}`;
    const host = this.#host(request.url);
    let { url } = request;
    let redirects = 0;
    let refusals = 0;
    let waited = 0;
    for (let attempt = 1; ;) {
      const asked = (execution: Execution): Asked => ({ ...this.#about, url, method: request.method, operation, execution });
      waited += await this.#whileClosed(host, asked("no"), waited);
      const outcome = await this.#attempt({ ...request, url }, host, operation, { attempt, refusals });
      if (outcome === "closed") continue;
      const failure = failureOf(outcome);
      if (failure === undefined) {
        const answer = outcome as RawAnswer;
        if (!isRedirect(answer.status)) {
          return { ...answer, body: parsedJson(answer.text), asked: asked(request.effect === "read" ? "no" : executionOf(answer.status)) };
        }
        url = redirected(answer, request.effect, asked, redirects);
        redirects += 1;
        continue;
      }
      const rule = RETRY_RULES[failure];
      const wasSent = !(outcome instanceof ExchangeFailure) || outcome.sent;
      const about = asked(request.effect === "read" || !wasSent ? "no" : rule.execution);
      if (failure === "cancelled") throw explainCancelled(about);
      const verdict = rule[request.effect];
      if (verdict === "wait") {
        // The wait itself is at the head of the loop: every other request to the host waits too.
        refusals += 1;
        continue;
      }
      if (verdict !== "again" || attempt >= ATTEMPTS) {
        throw outcome instanceof ExchangeFailure
          ? explainExchange(outcome, about, failure, attempt)
          : explainServerError(this.quotable(outcome), about, attempt);
      }
      const said = outcome instanceof ExchangeFailure ? undefined : saidWait(outcome.headers, Date.now());
      const pause = jittered(this.settings.firstRetryMs ?? FIRST_RETRY_MS, attempt - 1, LONGEST_RETRY_MS);
      if (said !== undefined && waited + said > this.settings.rateLimitMaxWaitMs)
        throw explainServerError(this.quotable(outcome as RawAnswer), about, attempt);
      await this.#pause(Math.max(pause, said ?? 0), about);
      waited += said ?? 0;
      attempt += 1;
    }
  }

  /**
   * One attempt, with its line in the log; none when the rate limit has been reached while it waited for its place.
   * @throws Problem when it could not even be prepared
   */
  async #attempt(
    request: HttpRequest,
    host: RemoteHost,
    operation: string,
    { attempt, refusals }: { readonly attempt: number; readonly refusals: number },
  ): Promise<RawAnswer | ExchangeFailure | "closed"> {
    const { settings } = this;
    let started = Date.now();
    let outcome: RawAnswer | ExchangeFailure | "closed";
    try {
      outcome = await host.gate.run(settings.signal, async () => {
        started = Date.now();
        if (host.rateLimit.delay(started) > 0) return "closed";
        const graceMs = request.effect === "write" ? Math.min(GRACE_MS, settings.requestTimeoutMs) : 0;
        const timing = { timeoutMs: settings.requestTimeoutMs, graceMs };
        const answer = await exchange(request, timing, settings.signal, settings.caCertificate ?? "");
        // Noted before the place is given to the next one, which shall wait too.
        if (failureOf(answer) === "limited") host.rateLimit.refused(answer.headers, refusals, Date.now());
        return answer;
      });
    } catch (failure) {
      if (failure instanceof Problem) throw failure;
      outcome =
        failure instanceof ExchangeFailure
          ? failure
          : new ExchangeFailure(
              settings.signal.aborted ? "CANCELLED" : "UNKNOWN",
              false,
              failure instanceof Error ? failure.message : String(failure),
            );
    }
    if (outcome === "closed") return outcome;
    const result =
      outcome instanceof ExchangeFailure ? { failure: this.hide(`${outcome.code}: ${outcome.message}`) } : { status: outcome.status };
    settings.log.debug(`${this.system}: ${this.hide(operation)}`, {
      method: request.method,
      host: request.url.host,
      path: this.hide(request.url.pathname),
      ...result,
      ms: Date.now() - started,
      attempt,
    });
    return outcome;
  }

  /** Waits until the host's rate limit lets requests in again. Returns how long it took. */
  async #whileClosed(host: RemoteHost, asked: Asked, waitedBefore: number): Promise<number> {
    let waited = 0;
    for (let delay = host.rateLimit.delay(Date.now()); delay > 0; delay = host.rateLimit.delay(Date.now())) {
      const allowed = this.settings.rateLimitMaxWaitMs;
      if (waitedBefore + waited + delay > allowed) throw explainLimited(asked, waitedBefore + waited, delay, allowed);
      this.settings.log.info(`waiting for the rate limit of ${this.system}`, {
        host: asked.url.host,
        operation: this.hide(asked.operation),
        seconds: Math.ceil(delay / 1_000),
        waitedSeconds: Math.round((waitedBefore + waited) / 1_000),
        allowedSeconds: Math.round(allowed / 1_000),
      });
      // A timer may fire a moment early.
      await this.#pause(delay + 5, asked);
      waited += Math.min(delay, LONGEST_TIMER_MS);
    }
    return waited;
  }

  async #pause(ms: number, asked: Asked): Promise<void> {
    try {
      await sleep(Math.min(ms, LONGEST_TIMER_MS), undefined, { signal: this.settings.signal });
    } catch {
      throw explainCancelled(asked);
    }
  }

  #host(url: URL): RemoteHost {
    const { maxConcurrentRequests } = this.settings;
    let host = hosts.get(url.host);
    if (host === undefined) {
      host = { gate: new Semaphore(maxConcurrentRequests), rateLimit: new RateLimit() };
      hosts.set(url.host, host);
    }
    host.gate.allow(maxConcurrentRequests);
    return host;
  }
}

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

/** Whether a write with an answer of this status may have been carried out: a refusal was not; a success that cannot be read may have been. */
function executionOf(status: number): Execution {
  return status < 400 ? "unknown" : "no";
}

/**
 * Where the request goes next. The same origin only: 307 and 308 for everything, 301, 302 and 303 for reads.
 * @throws Problem `remote-redirect`. After 302 and 303 to a write its fate is open: some servers answer so after they have worked.
 */
function redirected(answer: RawAnswer, effect: "read" | "write", asked: (execution: Execution) => Asked, redirects: number): URL {
  const { location } = answer.headers;
  const from = asked("no").url;
  const target = location !== undefined && URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
  const execution: Execution = effect === "write" && [302, 303].includes(answer.status) ? "unknown" : "no";
  const follows = effect === "read" || [307, 308].includes(answer.status);
  if (target?.origin !== from.origin || !follows || redirects >= REDIRECTS) throw explainRedirect(answer, asked(execution), target);
  return target;
}
