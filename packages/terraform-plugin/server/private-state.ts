/** The private state of one object: JSON that the engine stores as bytes, parsed only when a handler reads it. */
import type { PrivateState } from "../resource";

const EMPTY = new Uint8Array();

export class JsonPrivateState implements PrivateState {
  readonly #received: Uint8Array;
  #values: Map<string, unknown> | undefined;

  constructor(received: Uint8Array = EMPTY) {
    this.#received = received;
  }

  get(key: string): unknown {
    return this.#parsed().get(key);
  }

  set(key: string, value: unknown): void {
    if (value === undefined) this.#parsed().delete(key);
    else this.#parsed().set(key, value);
  }

  delete(key: string): void {
    this.#parsed().delete(key);
  }

  /** Returns what the engine stores: the received bytes, unchanged, if no handler has used them. */
  bytes(): Uint8Array {
    if (this.#values === undefined) return this.#received;
    return this.#values.size === 0 ? EMPTY : Buffer.from(JSON.stringify(Object.fromEntries(this.#values)), "utf8");
  }

  #parsed(): Map<string, unknown> {
    this.#values ??= new Map(Object.entries(parse(this.#received)));
    return this.#values;
  }
}

/** Bytes in any other format count as empty: no handler may depend on private state alone. */
function parse(bytes: Uint8Array): object {
  if (bytes.length === 0) return {};
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}
