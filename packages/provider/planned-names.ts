/** The names, and the place of the default integration, that the plans of this process give to objects. Two objects cannot have the same one. */
import type { PrivateState } from "../terraform-plugin";

/** An object that a plan creates, or that it leaves in place. */
export interface PlannedObject {
  readonly name: string;
  /** Null for an object that does not exist yet. */
  readonly id: string | null;
}

/** A replacement of an object under another name. */
export interface Rename {
  readonly from: string;
  readonly to: string;
  /** Keys of the two names. */
  readonly fromKey: string;
  readonly toKey: string;
}

/** Key in the private state of an object that a plan leaves in place. In the create half of its replacement, it tells which object is replaced. */
const ID_KEY = "id";

/**
 * For one kind of object in one account. The engine plans objects one by one, in any order, and says neither which objects will follow nor when
 * the plan is complete. So every object records what it takes, and the one that comes later finds the conflict.
 */
export class PlannedNames {
  readonly #creates = new Map<string, PlannedObject[]>();
  readonly #kept = new Map<string, PlannedObject>();
  /** Replacements under another name, by the key of the old name. */
  readonly #renames = new Map<string, Rename>();

  /**
   * Called when a create is planned. Returns the other objects with this key: creates of the same plan, and an object that the plan leaves in place.
   * A replacement does not conflict with the object that it replaces.
   * @param key what only one object can have
   * @param replacedPrivateState of the object that the create replaces; empty if it replaces nothing
   */
  create(key: string, name: string, replacedPrivateState: Pick<PrivateState, "get">): readonly PlannedObject[] {
    const replacedId = replacedPrivateState.get(ID_KEY);
    if (typeof replacedId === "string") this.release(replacedId);
    const creates = this.#creates.get(key) ?? [];
    const kept = this.#kept.get(key);
    this.#creates.set(key, [...creates, { name, id: null }]);
    return kept === undefined ? creates : [...creates, kept];
  }

  /** Called when the plan leaves an object in place, changed or not. Returns the creates of the same plan that have the same key. */
  keep(key: string, name: string, id: string, privateState: Pick<PrivateState, "set">): readonly PlannedObject[] {
    privateState.set(ID_KEY, id);
    this.#kept.set(key, { name, id });
    return this.#creates.get(key) ?? [];
  }

  /**
   * Called when a replacement under another name is planned. If the plan exchanges names among several objects, returns all these replacements:
   * each of them waits for a name that another one still has.
   */
  rename(rename: Rename): readonly Rename[] | undefined {
    this.#renames.set(rename.fromKey, rename);
    const chain = [rename];
    for (let next = this.#renames.get(rename.toKey); next !== undefined; next = this.#renames.get(next.toKey)) {
      if (next === rename) return chain;
      if (chain.includes(next)) return undefined;
      chain.push(next);
    }
    return undefined;
  }

  /** Called when the plan deletes or replaces an object: it gives up what it has. */
  release(id: string): void {
    for (const [key, kept] of this.#kept) if (kept.id === id) this.#kept.delete(key);
  }
}
