/** Starts programs and collects their output. */
import { spawn } from "node:child_process";

/** How a program ended. */
export interface ProgramEnd {
  readonly code: number;
  readonly stdout: string;
  /** Both streams, in the order of arrival. */
  readonly output: string;
}

export interface ProgramOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Makes the program the leader of a process group. */
  readonly detached?: boolean;
  /** Receives the text of both streams as it arrives. */
  readonly onText?: (text: string) => void;
  /** Makes `ended` resolve when the program exits, even if one of its children keeps the streams open. */
  readonly untilExit?: boolean;
}

export interface RunningProgram {
  /** Undefined if the program could not be started; `ended` then rejects. */
  readonly pid: number | undefined;
  /** Standard output so far. */
  stdout(): string;
  readonly ended: Promise<ProgramEnd>;
}

export function startProgram(file: string, args: readonly string[], options: ProgramOptions): RunningProgram {
  const { cwd, env, detached = false, onText, untilExit = false } = options;
  const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached });
  let stdout = "";
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    output += text;
    onText?.(text);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    onText?.(text);
  });
  const ended = new Promise<ProgramEnd>((resolve, reject) => {
    child.once("error", reject);
    child.once(untilExit ? "exit" : "close", (code: number | null) => {
      // Reads the text that has already arrived before the exit.
      setImmediate(() => resolve({ code: code ?? 1, stdout, output }));
    });
  });
  return { pid: child.pid, stdout: () => stdout, ended };
}

export function runProgram(file: string, args: readonly string[], options: ProgramOptions): Promise<ProgramEnd> {
  return startProgram(file, args, options).ended;
}
