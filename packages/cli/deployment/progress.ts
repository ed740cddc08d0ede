/** Progress on standard error: one line that is written again on a terminal, and a line from time to time elsewhere. */
import type { EngineMessage } from "./engine-messages";

/** Nothing is said about what is done within this time. */
const QUIET_MILLISECONDS = 1_000;
const TERMINAL_MILLISECONDS = 100;
/** A log of a pipeline keeps every line. */
const LOG_MILLISECONDS = 10_000;

interface RunningPart {
  readonly phase: string;
  /** How many webhooks the phase changes; undefined if that is not known. */
  readonly webhooks: number | undefined;
  readonly start: number;
  webhooksDone: number;
}

export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #requestsLeft: () => string | undefined;
  readonly #running = new Map<string, RunningPart>();
  #parts = 0;
  #partsDone = 0;
  #lastWrite = 0;
  #isShown = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param requestsLeft Text about the requests that are left; undefined if that is not known. */
  constructor(stream: NodeJS.WriteStream, requestsLeft: () => string | undefined = () => undefined) {
    this.#stream = stream;
    this.#requestsLeft = requestsLeft;
  }

  start(parts: number): void {
    this.#parts = parts;
    this.#partsDone = 0;
    this.#running.clear();
    this.#lastWrite = Date.now();
  }

  /** @param webhooks How many webhooks the phase changes, if that is known. */
  phase(part: string, phase: string, webhooks?: number): void {
    this.#running.set(part, { phase, webhooks, start: Date.now(), webhooksDone: 0 });
    this.#timer ??= setInterval(() => this.#write(), TERMINAL_MILLISECONDS).unref();
  }

  message(part: string, { type, resource }: EngineMessage): void {
    const running = this.#running.get(part);
    if (running === undefined || resource?.type.endsWith("_webhook") !== true) return;
    if (type === "apply_complete" || type === "refresh_complete") running.webhooksDone += 1;
  }

  partDone(part: string): void {
    this.#partsDone += 1;
    this.#running.delete(part);
    this.clear();
    if (this.#running.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Removes the line, so that other text can be written. */
  clear(): void {
    if (this.#isShown) this.#stream.write("\r\u001b[K");
    this.#isShown = false;
  }

  #write(): void {
    const now = Date.now();
    const isTerminal = this.#stream.isTTY;
    const start = Math.min(...[...this.#running.values()].map((running) => running.start));
    if (now - start < QUIET_MILLISECONDS || (!isTerminal && now - this.#lastWrite < LOG_MILLISECONDS)) return;
    this.#lastWrite = now;
    // A terminal that does not know its width says 0.
    const width = this.#stream.columns > 0 ? this.#stream.columns : 80;
    const text = this.#text(Math.round((now - start) / 1000));
    this.#stream.write(isTerminal ? `\r\u001b[K${text.slice(0, width - 1)}` : `${text}\n`);
    this.#isShown = isTerminal;
  }

  /** @param seconds Since the oldest phase began. */
  #text(seconds: number): string {
    const left = this.#requestsLeft();
    const [first, ...others] = this.#running.keys();
    const name = others.length === 0 ? (first ?? "") : `${others.length + 1} parts`;
    const phases = [...new Set([...this.#running.values()].map(({ phase }) => phase))].join(" and ");
    const done = `${this.#partsDone} of ${counted(this.#parts, "part")} done`;
    return `${name}: ${phases}${this.#webhookText()}, ${left === undefined ? "" : `${left}, `}${seconds} s (${done})`;
  }

  /** Of all parts that run. */
  #webhookText(): string {
    const running = [...this.#running.values()];
    const done = running.reduce((sum, { webhooksDone }) => sum + webhooksDone, 0);
    if (running.some(({ webhooks }) => webhooks === undefined)) return done === 0 ? "" : `, ${counted(done, "webhook")}`;
    const all = running.reduce((sum, { webhooks = 0 }) => sum + webhooks, 0);
    return all === 0 ? "" : `, ${done} of ${counted(all, "webhook")}`;
  }
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
