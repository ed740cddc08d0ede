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

/** Passes signals on to the running children. */
export class Interruption {
  readonly #running = new Set<(signal: NodeJS.Signals) => void>();
  readonly #onSignal = (signal: NodeJS.Signals) => this.#interrupt(signal);
  readonly #onInterrupted: () => void;
  #last = 0;
  #interrupted = false;

  /** @param onInterrupted Called at the first signal. */
  constructor(onInterrupted: () => void = () => undefined) {
    this.#onInterrupted = onInterrupted;
    for (const name of SIGNALS) process.on(name, this.#onSignal);
  }

  /** Whether a signal has arrived. Callers then start nothing more. */
  isInterrupted(): boolean {
    return this.#interrupted;
  }

  track(pass: (signal: NodeJS.Signals) => void): () => void {
    this.#running.add(pass);
    return () => this.#running.delete(pass);
  }

  stop(): void {
    for (const name of SIGNALS) process.off(name, this.#onSignal);
  }

  #interrupt(signal: NodeJS.Signals): void {
    const now = Date.now();
    if (this.#interrupted && now - this.#last < SAME_SIGNAL_MILLISECONDS) return;
    this.#last = now;
    if (!this.#interrupted) this.#onInterrupted();
    this.#interrupted = true;
    // Engines end cleanly on SIGINT. They do not handle SIGHUP, which a closed terminal sends.
    for (const pass of this.#running) pass(signal === "SIGHUP" ? "SIGINT" : signal);
  }
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
    const untrack = interruption.track((signal) => passSignal(child.pid, shell, signal));
    child.once("error", reject).once("close", (code, signal) => {
      untrack();
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
