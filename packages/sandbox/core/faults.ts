// The faults that are armed on one emulated service, and the responses that it holds.
import { type Fault, parseFault } from "./fault";

interface ArmedFault {
  readonly fault: Fault;
  seen: number;
  fired: number;
}

export class Faults {
  readonly #operations: ReadonlySet<string>;
  #armed: ArmedFault[] = [];
  #held: (() => void)[] = [];

  /** @param operations all names that calls of this service have */
  constructor(operations: ReadonlySet<string>) {
    this.#operations = operations;
  }

  /**
   * Adds one fault, or all faults of a list. Rejects a fault that could never fire; otherwise a test with a misspelled operation would pass.
   * @throws Error that says what would be valid; then no fault is added
   */
  add(value: unknown): void {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    const faults = values.map((item) => this.#parse(item));
    for (const fault of faults) this.#armed.push({ fault, seen: 0, fired: 0 });
  }

  clear(): void {
    this.#armed = [];
    this.release();
  }

  /** The fault that is due for this call. Every armed fault that matches counts the call. */
  take(names: readonly string[]): Fault | undefined {
    if (this.#armed.length === 0) return undefined;
    let due: ArmedFault | undefined;
    for (const armed of this.#armed) {
      if (armed.fault.operation !== "*" && !names.includes(armed.fault.operation)) continue;
      armed.seen += 1;
      if (armed.seen >= (armed.fault.nth ?? 1) && armed.seen <= lastCall(armed)) due ??= armed;
    }
    if (due === undefined) return undefined;
    due.fired += 1;
    this.#armed = this.#armed.filter((armed) => armed.seen < lastCall(armed));
    return due.fault;
  }

  /** Resolves when a test releases the held responses. */
  hold(): Promise<void> {
    return new Promise((resolve) => this.#held.push(resolve));
  }

  /** Sends every held response and returns their number. */
  release(): number {
    const held = this.#held;
    this.#held = [];
    for (const resolve of held) resolve();
    return held.length;
  }

  show(): { armed: (Fault & { seen: number; fired: number })[]; holding: number } {
    return { armed: this.#armed.map(({ fault, seen, fired }) => ({ ...fault, seen, fired })), holding: this.#held.length };
  }

  #parse(value: unknown): Fault {
    const fault = parseFault(value);
    if (fault.operation === "*" || this.#operations.has(fault.operation)) return fault;
    const names = [...this.#operations];
    const operations = names.filter((name) => !name.includes(" ")).sort();
    const pattern = names.find((name) => name.includes(" ")) ?? "";
    throw new Error(
      `Unknown operation "${fault.operation}". Use one of: ${operations.join(", ")}; or a method and a whole pattern, such as ${pattern}; or *.`,
    );
  }
}

/** The number of the last matching call that the fault affects. */
function lastCall({ fault: { nth = 1, times = 1 } }: ArmedFault): number {
  return nth + times - 1;
}
