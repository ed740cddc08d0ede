/** The Spaces of a part: resources for those that it manages, data sources and IDs for the others. */
import type { Construct } from "constructs";
import { bindings, Space, validationError, type ISpace } from "../lib";
import { DataSpaceliftSpaceByPath } from "../lib/providers/spacelift/data-spacelift-space-by-path";
import { publishedProvider } from "../lib/published/published-providers";
import { publishedSpacePath, spaceAddress, spaceConstructId, type SpaceEntry, type SpaceReference } from "../packages/configuration";
import type { Backing } from "../packages/domain";
import type { MovedAddresses } from "./moved-addresses";

/** What the Spaces of a part depend on. */
interface PartOfSpaces {
  /** Every Space of the file. */
  readonly entries: ReadonlyMap<string, SpaceEntry>;
  /** The keys of those that belong to the part. */
  readonly managed: readonly string[];
  readonly backing: Backing;
  /** With which providers the part looks up Spaces that it does not manage. */
  readonly lookupBacking: Backing;
  readonly moved: MovedAddresses;
}

/** Resolves references to Spaces. The first reference to a Space declares it, after its parents. */
export class PartSpaces {
  readonly #scope: Construct;
  readonly #entries: ReadonlyMap<string, SpaceEntry>;
  readonly #managed: ReadonlySet<string>;
  readonly #backing: Backing;
  readonly #lookupBacking: Backing;
  readonly #moved: MovedAddresses;
  readonly #resolved = new Map<string, ISpace>([["root", Space.ROOT]]);

  constructor(scope: Construct, { entries, managed, backing, lookupBacking, moved }: PartOfSpaces) {
    this.#scope = scope;
    this.#entries = entries;
    this.#managed = new Set(managed);
    this.#backing = backing;
    this.#lookupBacking = lookupBacking;
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
    if (existing !== undefined)
      return Space.fromSpaceId("id" in existing ? existing.id : this.#lookUp(key, existing.name, existing.parent));
    const parent = this.resolve(entry.parent);
    if (this.#managed.has(key)) return this.#create(entry, parent);
    // Another part manages it. Its settings are known, so the rules can still tell who may use an integration.
    return { spaceId: this.#lookUp(key, name, entry.parent), parentSpace: parent, inheritsEntities: inherit };
  }

  #create({ key, name, inherit, description, labels, previously }: SpaceEntry, parent: ISpace): Space {
    const addressOf = (of: string) => spaceAddress(of, this.#backing);
    this.#moved.add(previously.map(addressOf), addressOf(key));
    return new Space(this.#scope, spaceConstructId(key), {
      name,
      parent,
      backing: this.#backing,
      inheritEntities: inherit,
      description,
      labels: labels.length === 0 ? undefined : labels,
    });
  }

  /** Parts share no state, so that each can be planned alone. */
  #lookUp(key: string, name: string, parent: SpaceReference): string {
    const id = spaceConstructId(key);
    const spacePath = this.#lookupBacking === "published" ? this.#pathOf(key) : undefined;
    if (spacePath !== undefined) {
      const dependsOn = this.#managedAbove(parent);
      publishedProvider(this.#scope, "spacelift", undefined);
      return new DataSpaceliftSpaceByPath(this.#scope, id, { spacePath, dependsOn }).id;
    }
    return new bindings.dataBitliftSpace.DataBitliftSpace(this.#scope, id, { name, parentSpaceId: this.resolve(parent).spaceId }).id;
  }

  /**
   * Undefined if only Bitlift's own provider finds the Space, and the file may use it.
   * @throws Problem `backing-unsupported` for a Space without a path, which the rules of the file report too.
   */
  #pathOf(key: string): string | undefined {
    const found = publishedSpacePath(key, (each) => this.#entries.get(each));
    if (found.path !== undefined || this.#backing === "bitlift") return found.path;
    const reason = found.name === undefined ? "is known only by its ID" : "has a slash in its name";
    throw validationError("backing-unsupported", {
      why: `Spacelift's own provider finds the Space ${key} only by its path from root, but the Space ${found.key} ${reason}.`,
      fix: `Refer to the Space ${key} by its ID: existing: { id: <ID in Spacelift> }.`,
    });
  }

  /** The Space of this part that contains a looked-up one. A path names it, but does not refer to it, so the engine needs to be told to wait. */
  #managedAbove(reference: SpaceReference): Space[] | undefined {
    const entry = this.#entries.get(reference);
    if (entry === undefined) return undefined;
    const space = this.#managed.has(reference) ? this.resolve(reference) : undefined;
    if (space instanceof Space) return [space];
    const { existing, parent } = entry;
    if (existing !== undefined && "id" in existing) return undefined;
    return this.#managedAbove(existing?.parent ?? parent);
  }
}
