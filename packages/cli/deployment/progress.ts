/** Progress on standard error: one line that is written again on a terminal, and a line from time to time elsewhere. */
import type { EngineMessage } from "./engine-messages";

/** Nothing is said about what is done within this time. */
const QUIET_MILLISECONDS = 1_000;
const TERMINAL_MILLISECONDS = 100;
/** A log of a pipeline keeps every line. */
const LOG_MILLISECONDS = 10_000;

export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #requestsLeft: () => string | undefined;
  #parts = 0;
  #partsDone = 0;
  #part = "";
  #phase = "";
  #webhooks: number | undefined;
  #webhooksDone = 0;
  #phaseStart = 0;
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
    this.#lastWrite = Date.now();
  }

  /** @param webhooks How many webhooks the phase changes, if that is known. */
  phase(part: string, phase: string, webhooks?: number): void {
    this.#part = part;
    this.#phase = phase;
    this.#webhooks = webhooks;
    this.#webhooksDone = 0;
    this.#phaseStart = Date.now();
    this.#timer ??= setInterval(() => this.#write(), TERMINAL_MILLISECONDS).unref();
  }

  message({ type, resource }: EngineMessage): void {
    if ((type === "apply_complete" || type === "refresh_complete") && resource?.type.endsWith("_webhook") === true) this.#webhooksDone += 1;
  }

  partDone(): void {
    this.#partsDone += 1;
    this.clear();
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
    if (now - this.#phaseStart < QUIET_MILLISECONDS || (!isTerminal && now - this.#lastWrite < LOG_MILLISECONDS)) return;
    this.#lastWrite = now;
    // A terminal that does not know its width says 0.
    const width = this.#stream.columns > 0 ? this.#stream.columns : 80;
    this.#stream.write(isTerminal ? `\r\u001b[K${this.#text().slice(0, width - 1)}` : `${this.#text()}\n`);
    this.#isShown = isTerminal;
  }

  #text(): string {
    const seconds = Math.round((Date.now() - this.#phaseStart) / 1000);
    const parts = `${this.#partsDone} of ${counted(this.#parts, "part")} done`;
    const left = this.#requestsLeft();
    return `${this.#part}: ${this.#phase}${this.#webhookText()}, ${left === undefined ? "" : `${left}, `}${seconds} s (${parts})`;
  }

  #webhookText(): string {
    if (this.#webhooks === undefined) return this.#webhooksDone === 0 ? "" : `, ${counted(this.#webhooksDone, "webhook")}`;
    return this.#webhooks === 0 ? "" : `, ${this.#webhooksDone} of ${counted(this.#webhooks, "webhook")}`;
  }
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
