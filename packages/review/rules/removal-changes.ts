/** What a plan creates, replaces and deletes, and what the remote system tells each of these objects by. */
import { ownType, RESOURCE_TYPES } from "../../configuration";
import { integrationSlug } from "../../domain";
import type { PlanDocument } from "../plan/plan-document";
import type { PlanModel, PlannedResource, Values } from "../plan/plan-model";
import { actionOf, labelOf } from "../plan/read-resource";
import { SENSITIVE } from "../plan/redaction";
import { withoutIndex } from "../plan/references";
import { ResourceReader } from "../plan/resource-reader";
import { textOf } from "../plan/values";

export interface RemovalChange {
  readonly address: string;
  readonly type: string;
  readonly action: "create" | "replace" | "delete";
  /** Undefined for a create, and if the plan does not show what identifies the object. */
  readonly before: IdentifiedObject | undefined;
  /** Undefined for a delete, and if the plan does not show what identifies the object. */
  readonly after: IdentifiedObject | undefined;
}

export interface IdentifiedObject {
  readonly id: string | undefined;
  /** Unique within the owner, and for one type. */
  readonly name: string;
  /** The parent of a Space, the integration of a webhook; undefined if the name is unique in the account. */
  readonly owner: Owner | undefined;
}

/** By its ID, or by the addresses that the configuration refers to, if the same plan creates it. */
export type Owner = { readonly type: string } & ({ readonly id: string } | { readonly addresses: readonly string[] });

type References = PlanModel["references"];

export function removalChangesIn({ changes, references }: Pick<PlanModel, "changes" | "references">): readonly RemovalChange[] {
  return changes.flatMap((change) => removalChange(change, references));
}

/**
 * From a plan in the form that the engine prints with `show -json`, with the resources of other providers: nothing identifies these. Removes sensitive
 * values from the document.
 */
export function readRemovalChanges(document: PlanDocument): readonly RemovalChange[] {
  const reader = new ResourceReader(document);
  return (document.resource_changes ?? []).flatMap((resource) => {
    const { mode, type = "", address = "", deposed, change } = resource;
    if (mode !== "managed" || change === undefined) return [];
    const object = reader.read("", resource);
    if (object !== undefined) return removalChange(object, reader.references);
    const action = actionOf(change);
    return isCounted(action) && deposed === undefined ? [{ address, type, action, before: undefined, after: undefined }] : [];
  });
}

function removalChange(change: PlannedResource, references: References): readonly RemovalChange[] {
  const { address, type, action, isDeposed, before, after } = change;
  if (isDeposed || !isCounted(action)) return [];
  return [
    { address, type, action, before: before && objectBefore(change, before), after: after && objectAfter(change, after, references) },
  ];
}

function isCounted(action: PlannedResource["action"]): action is RemovalChange["action"] {
  return action === "create" || action === "replace" || action === "delete";
}

function objectBefore(change: PlannedResource, before: Values): IdentifiedObject | undefined {
  return objectOf(change, before, (type, name) => {
    const id = shownText(before, name);
    return id === undefined ? undefined : { type, id };
  });
}

function objectAfter(change: PlannedResource, after: Values, references: References): IdentifiedObject | undefined {
  return objectOf(change, after, (type, name) => {
    const id = shownText(after, name);
    if (!change.unknown.has(name)) return id === undefined ? undefined : { type, id };
    const addresses = references.get(withoutIndex(change.address))?.[name];
    return addresses === undefined ? undefined : { type, addresses };
  });
}

function objectOf(
  { resource }: PlannedResource,
  values: Values,
  ownerIn: (type: string, attribute: string) => Owner | undefined,
): IdentifiedObject | undefined {
  const id = shownText(values, "id");
  const name = shownText(values, "name");
  if (resource.kind === "integration") return name === undefined ? undefined : { id, name: integrationSlug(name), owner: undefined };
  if (resource.kind === "space") {
    const owner = ownerIn(RESOURCE_TYPES.space, "parent_space_id");
    return name === undefined || owner === undefined ? undefined : { id, name, owner };
  }
  const repository = shownText(values, "repository") === undefined ? undefined : labelOf(values);
  const owner = ownerIn(RESOURCE_TYPES.integration[resource.product], "integration_id");
  return repository === undefined || owner === undefined ? undefined : { id, name: repository.toLowerCase(), owner };
}

function shownText(values: Values, name: string): string | undefined {
  const text = textOf(values, name);
  return text === SENSITIVE ? undefined : text;
}

/** Keys of objects over several plans: two objects with the same key are the same one in the remote system, before and after the apply. */
export class RemovalKeys {
  readonly #byId = new Map<string, IdentifiedObject>();
  readonly #byAddress: ReadonlyMap<string, RemovalChange>[];

  constructor(plans: readonly (readonly RemovalChange[])[]) {
    this.#byAddress = plans.map((changes) => new Map(changes.map((change) => [change.address, change])));
    // An owner may have another backing.
    for (const { type, before } of plans.flat()) if (before?.id !== undefined) this.#byId.set(`${ownType(type)} ${before.id}`, before);
  }

  /**
   * @param plan The index of the plan that the object is in.
   * @returns undefined if nothing identifies the object
   */
  of(plan: number, type: string, object: IdentifiedObject | undefined): string | undefined {
    const path = object && this.#path(plan, object, new Set());
    return path === undefined ? undefined : JSON.stringify([type, ...path]);
  }

  /** Names from the object upward. It ends with an ID if the plans leave an owner in place. */
  #path(plan: number, object: IdentifiedObject, seen: Set<IdentifiedObject>): readonly string[] | undefined {
    const { name, owner } = object;
    if (owner === undefined) return [name];
    if (seen.has(object)) return undefined;
    seen.add(object);
    const above = "id" in owner ? this.#byId.get(`${owner.type} ${owner.id}`) : this.#atAddress(plan, owner.addresses);
    if (above !== undefined) {
      const path = this.#path(plan, above, seen);
      return path && [name, ...path];
    }
    return "id" in owner ? [name, "", owner.id] : undefined;
  }

  /** A replaced owner is still the same one. */
  #atAddress(plan: number, addresses: readonly string[]): IdentifiedObject | undefined {
    const change = addresses.map((address) => this.#byAddress[plan]?.get(address)).find((found) => found !== undefined);
    return change?.before ?? change?.after;
  }
}
