/** Child processes that end cleanly on Ctrl+C: the signal is passed on once, and nothing new starts after it. */
import { spawn } from "node:child_process";

/** A second signal within this time is the same key press: npm forwards what the terminal has already sent. */
const SAME_SIGNAL_MILLISECONDS = 1_000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export interface ChildRun {
  readonly code: number;
  readonly signal: NodeJS.Signals | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ChildOptions {
  readonly command: string;
  /** Undefined: the command is a line for the shell. */
  readonly args?: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly interruption: Interruption;
  /** Each complete line of standard output. */
  readonly onLine?: (line: string) => void;
  /** The text of both streams, as it arrives. */
  readonly onText?: (text: string) => void;
}

/** Those that listen for signals. */
const listening = new Set<Interruption>();

/** Passes signals on to the running children. */
export class Interruption {
  readonly #running = new Map<(signal: NodeJS.Signals) => void, Promise<unknown>>();
  readonly #onSignal = (signal: NodeJS.Signals) => this.#interrupt(signal);
  readonly #onFirst: (state: { readonly isRunning: boolean }) => void;
  #last = 0;
  #isInterrupted = false;
  #isForced = false;

  /** @param onFirst Called at the first signal, before it is passed on. */
  constructor(onFirst: (state: { readonly isRunning: boolean }) => void = () => undefined) {
    this.#onFirst = onFirst;
    for (const name of SIGNALS) process.on(name, this.#onSignal);
    listening.add(this);
  }

  /** Whether a signal has arrived. Callers then start nothing more. */
  isInterrupted(): boolean {
    return this.#isInterrupted;
  }

  /** Whether running children got a second signal. Engines then stop at once, and may lose what they have done. */
  isForced(): boolean {
    return this.#isForced;
  }

  /** @param ended Resolves when the child has ended. */
  track(pass: (signal: NodeJS.Signals) => void, ended: Promise<unknown>): () => void {
    this.#running.set(pass, ended);
    return () => this.#running.delete(pass);
  }

  stop(): void {
    for (const name of SIGNALS) process.off(name, this.#onSignal);
    listening.delete(this);
  }

  /** Lets the running children end as after Ctrl+C. Resolves when they have. */
  async end(): Promise<void> {
    const running = [...this.#running.values()];
    if (!this.isInterrupted()) this.#pass("SIGINT");
    await Promise.allSettled(running);
  }

  #interrupt(signal: NodeJS.Signals): void {
    // A closing terminal may say so more than once, and nobody has asked the engine to stop at once.
    const isSame = signal === "SIGHUP" || Date.now() - this.#last < SAME_SIGNAL_MILLISECONDS;
    if (this.isInterrupted() && isSame) return;
    const isRunning = this.#running.size > 0;
    if (!this.isInterrupted()) this.#onFirst({ isRunning });
    else if (isRunning) this.#isForced = true;
    this.#pass(signal);
  }

  #pass(signal: NodeJS.Signals): void {
    this.#last = Date.now();
    this.#isInterrupted = true;
    // Engines end cleanly on SIGINT. They do not handle SIGHUP, which a closed terminal sends.
    for (const pass of this.#running.keys()) pass(signal === "SIGHUP" ? "SIGINT" : signal);
  }
}

/** For a process that cannot go on: an engine that loses its reader would end without storing what it did. */
export async function endChildren(): Promise<void> {
  await Promise.all([...listening].map((interruption) => interruption.end()));
}

/**
 * Runs a program to its end. It leads a process group of its own: a terminal sends Ctrl+C to a whole group, and an engine that gets the signal twice
 * stops at once, without storing what it did.
 */
export function runChild({ command, args, cwd, env, interruption, onLine, onText }: ChildOptions): Promise<ChildRun> {
  return new Promise((resolve, reject) => {
    const shell = args === undefined;
    const child = spawn(command, args ?? [], { cwd, env, shell, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    let rest = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      onText?.(text);
      if (onLine === undefined) return void (output.stdout += text);
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      lines.forEach(onLine);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      onText?.(text);
      output.stderr += text;
    });
    const ended = new Promise((done) => child.once("error", done).once("close", done));
    const untrack = interruption.track((signal) => passSignal(child.pid, shell, signal), ended);
    void ended.then(untrack);
    child.once("error", reject).once("close", (code, signal) => {
      if (rest !== "") onLine?.(rest);
      resolve({ code: code ?? 1, signal: signal ?? undefined, ...output });
    });
  });
}

/** To the engine alone, which stops its plugins itself; to everything that a shell started. */
function passSignal(pid: number | undefined, group: boolean, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(group ? -pid : pid, signal);
  } catch {
    // It has already ended.
  }
}
