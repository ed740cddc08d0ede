// Faults: a test names an operation and what shall go wrong with its n-th or its next calls.
import { validateHeaderName, validateHeaderValue } from "node:http";

export const FAULT_KINDS = [
  "status",
  "delay",
  "reset-before",
  "reset-after",
  "hold",
  "truncated",
  "content-type",
  "html",
  "wrong-shape",
  "redirect",
  "slow-body",
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** One fault as it is set through POST /_sandbox/faults. */
export interface Fault {
  /** A route's operation name, a GraphQL root field, or `METHOD /pattern`; `*` for every call. */
  readonly operation: string;
  readonly kind: FaultKind;
  /** The first matching call that it hits, counted from 1. */
  readonly nth?: number;
  /** How many matching calls in a row, from the n-th on; 1 unless given. */
  readonly times?: number;
  /** Of `status` (default 500), `html` (default 200), `redirect` (default 307) and `content-type` (default that of the true answer). */
  readonly status?: number;
  /** Of `status` and `wrong-shape`: JSON, or a string that is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of `delay` and `slow-body`, default 1000. */
  readonly milliseconds?: number;
  /** Of `redirect`. */
  readonly location?: string;
}

interface Armed {
  readonly fault: Fault;
  seen: number;
  fired: number;
}

const NAMES = new Set(["operation", "kind", "nth", "times", "status", "body", "headers", "milliseconds", "location"]);

export class Faults {
  private armed: Armed[] = [];
  private waiting: (() => void)[] = [];

  /** @param operations all names that calls have here */
  constructor(private readonly operations: ReadonlySet<string>) {}

  /**
   * One fault, or a list of which all or none is armed. Refuses one that could never fire, so that a test does not pass because of a misspelt name.
   * @throws Error that says what would be right
   */
  add(value: unknown): void {
    const faults = (Array.isArray(value) ? (value as unknown[]) : [value]).map((one) => this.#parse(one));
    for (const fault of faults) this.armed.push({ fault, seen: 0, fired: 0 });
  }

  #parse(value: unknown): Fault {
    const fault = parseFault(value);
    if (fault.operation === "*" || this.operations.has(fault.operation)) return fault;
    const names = [...this.operations].filter((name) => !name.includes(" ")).sort();
    throw new Error(
      `There is no operation "${fault.operation}" here. It is one of: ${names.join(", ")}; or METHOD and a whole pattern, such as ${[...this.operations].find((name) => name.includes(" ")) ?? ""}; or *.`,
    );
  }

  clear(): void {
    this.armed = [];
    this.release();
  }

  /** The fault for this call, if one is due. Every armed fault that matches counts the call. */
  take(names: readonly string[]): Fault | undefined {
    if (this.armed.length === 0) return undefined;
    let due: Armed | undefined;
    for (const armed of this.armed) {
      if (armed.fault.operation !== "*" && !names.includes(armed.fault.operation)) continue;
      armed.seen += 1;
      const first = armed.fault.nth ?? 1;
      const last = first + (armed.fault.times ?? 1) - 1;
      if (armed.seen >= first && armed.seen <= last) due ??= armed;
    }
    if (due === undefined) return undefined;
    due.fired += 1;
    this.armed = this.armed.filter((armed) => armed.seen < (armed.fault.nth ?? 1) + (armed.fault.times ?? 1) - 1);
    return due.fault;
  }

  /** Resolves when a test releases the held answers. */
  hold(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Lets every held answer go and says how many there were. */
  release(): number {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
    return waiting.length;
  }

  show(): { armed: (Fault & { seen: number; fired: number })[]; holding: number } {
    return { armed: this.armed.map(({ fault, seen, fired }) => ({ ...fault, seen, fired })), holding: this.waiting.length };
  }
}

function parseFault(value: unknown): Fault {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("A fault is a JSON object.");
  const fault = value as Record<string, unknown>;
  for (const name of Object.keys(fault)) {
    if (!NAMES.has(name)) throw new Error(`A fault has no field "${name}". Its fields are: ${[...NAMES].join(", ")}.`);
  }
  if (typeof fault["operation"] !== "string" || fault["operation"] === "")
    throw new Error('A fault needs "operation", a non-empty string.');
  if (!FAULT_KINDS.includes(fault["kind"] as FaultKind)) throw new Error(`"kind" of a fault is one of: ${FAULT_KINDS.join(", ")}.`);
  for (const name of ["nth", "times"]) {
    const count = fault[name];
    if (count !== undefined && !(Number.isInteger(count) && (count as number) > 0))
      throw new Error(`"${name}" of a fault is a whole number above 0.`);
  }
  const { status, milliseconds, headers = {} } = fault;
  if (milliseconds !== undefined && !(Number.isInteger(milliseconds) && (milliseconds as number) >= 0))
    throw new Error('"milliseconds" of a fault is a whole number.');
  if (status !== undefined && !(Number.isInteger(status) && (status as number) >= 200 && (status as number) <= 599))
    throw new Error('"status" of a fault is a whole number from 200 to 599.');
  if (!areHeaders(headers)) throw new Error('"headers" of a fault is an object of texts, by names of headers.');
  if (fault["kind"] === "redirect" && typeof fault["location"] !== "string") throw new Error('A redirect fault needs "location".');
  return value as Fault;
}

function areHeaders(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([name, text]) => {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, String(text));
      return typeof text === "string";
    } catch {
      return false;
    }
  });
}
