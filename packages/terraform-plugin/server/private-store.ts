/** The engine's private data of one object: JSON in bytes, read only when a handler asks. */
import type { PrivateData } from "../resource";

const NOTHING = new Uint8Array();

export class PrivateStore implements PrivateData {
  private values: Map<string, unknown> | undefined;

  constructor(private readonly stored: Uint8Array = NOTHING) {}

  get(key: string): unknown {
    return this.opened().get(key);
  }

  set(key: string, value: unknown): void {
    if (value === undefined) this.opened().delete(key);
    else this.opened().set(key, value);
  }

  delete(key: string): void {
    this.opened().delete(key);
  }

  /** What goes back to the engine: the same bytes when no handler looked inside. */
  bytes(): Uint8Array {
    if (this.values === undefined) return this.stored;
    return this.values.size === 0 ? NOTHING : Buffer.from(JSON.stringify(Object.fromEntries(this.values)), "utf8");
  }

  private opened(): Map<string, unknown> {
    this.values ??= new Map(Object.entries(parsed(this.stored)));
    return this.values;
  }
}

/** Data of an unknown form is as good as none: nothing may depend on private data alone. */
function parsed(stored: Uint8Array): object {
  if (stored.length === 0) return {};
  try {
    const value: unknown = JSON.parse(Buffer.from(stored).toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}
