/** Prints numbered steps with their duration; in color only on a terminal. */

/** Where the text goes, for example `process.stdout`. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

export type Style = "plain" | "dim" | "success" | "warning";

const CODES: Readonly<Record<Style, string | undefined>> = { plain: undefined, dim: "2", success: "32", warning: "33" };

export class StepPrinter {
  readonly #output: Output;
  readonly #now: () => number;
  readonly #hasColor: boolean;
  #steps = 0;

  constructor(
    output: Output,
    env: Readonly<Record<string, string | undefined>> = process.env,
    now: () => number = () => performance.now(),
  ) {
    this.#output = output;
    this.#now = now;
    this.#hasColor = output.isTTY === true && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
  }

  printTitle(text: string): void {
    this.#output.write(`${this.#paint(text, "1")}\n`);
  }

  /** One or more lines inside a step. */
  print(text: string, style: Style = "plain"): void {
    const code = CODES[style];
    for (const line of text.split("\n")) {
      this.#output.write(line === "" ? "\n" : `   ${code === undefined ? line : this.#paint(line, code)}\n`);
    }
  }

  /** Runs one step under a numbered heading, and prints how long it took. */
  async step<T>(heading: string, run: () => Promise<T>): Promise<T> {
    this.#steps += 1;
    this.#output.write(`\n${this.#paint(`${this.#steps}  ${heading}`, "1;36")}\n`);
    const start = this.#now();
    const result = await run();
    this.print(`(${((this.#now() - start) / 1000).toFixed(1)} s)`, "dim");
    return result;
  }

  #paint(text: string, code: string): string {
    return this.#hasColor ? `\u001b[${code}m${text}\u001b[0m` : text;
  }
}
