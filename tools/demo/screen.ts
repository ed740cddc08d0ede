/** What `npm start` prints: numbered steps with their seconds, colour only on a terminal. */

/** Where the lines go; `process.stdout` in the real thing. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

/** How a line is set apart. */
export type Tone = "plain" | "quiet" | "good" | "warn";

const CODES: Readonly<Record<Tone, string | undefined>> = { plain: undefined, quiet: "2", good: "32", warn: "33" };

export class Screen {
  private steps = 0;
  private readonly colour: boolean;

  constructor(
    private readonly output: Output,
    env: Readonly<Record<string, string | undefined>> = process.env,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.colour = output.isTTY === true && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
  }

  /** The first line. */
  title(text: string): void {
    this.output.write(`${this.paint(text, "1")}\n`);
  }

  /** A line, or several, inside a step. */
  say(text: string, tone: Tone = "plain"): void {
    const code = CODES[tone];
    for (const line of text.split("\n"))
      this.output.write(line === "" ? "\n" : `   ${code === undefined ? line : this.paint(line, code)}\n`);
  }

  /** Runs one step under a numbered heading, and says how long it took. */
  async step<T>(heading: string, work: () => Promise<T>): Promise<T> {
    this.steps += 1;
    this.output.write(`\n${this.paint(`${String(this.steps)}  ${heading}`, "1;36")}\n`);
    const from = this.now();
    const result = await work();
    this.say(`(${((this.now() - from) / 1000).toFixed(1)} s)`, "quiet");
    return result;
  }

  private paint(text: string, code: string): string {
    return this.colour ? `\u001b[${code}m${text}\u001b[0m` : text;
  }
}
