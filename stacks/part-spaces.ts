/** The Spaces of a part: resources for those that it manages, data sources and IDs for the others. */
import type { Construct } from "constructs";
import { bindings, Space, type ISpace } from "../lib";
import { spaceAddress, spaceConstructId, type SpaceEntry, type SpaceReference } from "../packages/configuration";
import type { MovedAddresses } from "./moved-addresses";

/** Resolves references to Spaces. The first reference to a Space declares it, after its parents. */
export class PartSpaces {
  readonly #scope: Construct;
  readonly #entries: ReadonlyMap<string, SpaceEntry>;
  readonly #managed: ReadonlySet<string>;
  readonly #moved: MovedAddresses;
  readonly #resolved = new Map<string, ISpace>([["root", Space.ROOT]]);

  /**
   * @param entries Every Space of the file.
   * @param managed The keys of those that belong to this part.
   */
  constructor(scope: Construct, entries: ReadonlyMap<string, SpaceEntry>, managed: readonly string[], moved: MovedAddresses) {
    this.#scope = scope;
    this.#entries = entries;
    this.#managed = new Set(managed);
    this.#moved = moved;
  }

  resolve(reference: SpaceReference): ISpace {
    const known = this.#resolved.get(reference);
    if (known !== undefined) return known;
    const entry = this.#entries.get(reference);
    if (entry === undefined) throw new Error(`The configuration refers to the Space ${reference}, which it does not contain.`);
    const space = this.#declare(entry);
    this.#resolved.set(reference, space);
    return space;
  }

  #declare(entry: SpaceEntry): ISpace {
    const { key, name, existing, inherit } = entry;
    if (existing !== undefined) {
      if ("id" in existing) return Space.fromSpaceId(existing.id);
      return Space.fromSpaceId(this.#lookUp(key, existing.name, this.resolve(existing.parent)));
    }
    const parent = this.resolve(entry.parent);
    if (this.#managed.has(key)) return this.#create(entry, parent);
    // Another part manages it. Its settings are known, so the rules can still tell who may use an integration.
    return { spaceId: this.#lookUp(key, name, parent), parentSpace: parent, inheritsEntities: inherit };
  }

  #create({ key, name, inherit, description, labels, previously }: SpaceEntry, parent: ISpace): Space {
    this.#moved.add(previously.map((former) => spaceAddress(former)), spaceAddress(key));
    return new Space(this.#scope, spaceConstructId(key), {
      name,
      parent,
      inheritEntities: inherit,
      description,
      labels: labels.length === 0 ? undefined : labels,
    });
  }

  /** Parts share no state, so that each can be planned alone. */
  #lookUp(key: string, name: string, parent: ISpace): string {
    return new bindings.dataBitliftSpace.DataBitliftSpace(this.#scope, spaceConstructId(key), { name, parentSpaceId: parent.spaceId }).id;
  }
}
