/** What a terminal can do: color, a line that is written again, a question. */
import { createInterface } from "node:readline/promises";

export interface ColorOption {
  /** False after `--no-color`. */
  readonly color?: boolean;
}

/** Color only on a terminal, and not with `--no-color` or NO_COLOR (https://no-color.org: any value but the empty one). */
export function usesColor(stream: NodeJS.WriteStream, { color }: ColorOption): boolean {
  return color !== false && (process.env["NO_COLOR"] ?? "") === "" && process.env["TERM"] !== "dumb" && stream.isTTY;
}

const CODES = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;

export type Paint = Readonly<Record<keyof typeof CODES, (text: string) => string>>;

/** Functions that color a text, or that return it unchanged. */
export function paintFor(enabled: boolean): Paint {
  const painters = Object.entries(CODES).map(([name, [on, off]]) => [
    name,
    (text: string) => (enabled ? `\u001b[${on}m${text}\u001b[${off}m` : text),
  ]);
  return Object.fromEntries(painters) as Paint;
}

/** Whether someone can answer a question. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks on standard error. Only the complete word `yes` is a yes. Ctrl+C, another signal and the end of the input are a no. */
export async function askYes(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const stop = () => terminal.close();
  for (const signal of STOPPING) process.on(signal, stop);
  const ended = new Promise<undefined>((resolve) =>
    terminal.once("close", () => resolve(undefined)).once("SIGINT", () => resolve(undefined)),
  );
  try {
    const answer = await Promise.race([terminal.question(`${question} Only "yes" is accepted: `), ended]);
    // The end of the input leaves the cursor behind the question.
    if (answer === undefined) process.stderr.write("\n");
    return answer?.trim() === "yes";
  } finally {
    for (const signal of STOPPING) process.off(signal, stop);
    terminal.close();
  }
}

const STOPPING = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
