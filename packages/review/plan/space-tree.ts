/** The Spaces before and after the plans, and which Spaces may use what belongs to another. */
import { ROOT_SPACE_ID } from "../../domain";
import type { PlannedResource, PlanModel, Values } from "./plan-model";
import { withoutIndex } from "./references";
import { kindInState } from "./resource-kinds";
import { textOf } from "./values";

export interface SpaceNode {
  readonly id: string;
  readonly name: string;
  /** Undefined if it is not known, and for root. */
  readonly parent: string | undefined;
  readonly inherits: boolean;
}

/** A Space that the caller has read from Spacelift. */
export interface AccountSpace {
  readonly id: string;
  readonly name: string;
  readonly parentSpaceId: string | null;
  readonly inheritEntities: boolean;
}

const ROOT: SpaceNode = { id: ROOT_SPACE_ID, name: ROOT_SPACE_ID, parent: undefined, inherits: false };

export class SpaceTree {
  readonly #nodes = new Map<string, SpaceNode>([[ROOT.id, ROOT]]);

  add(node: SpaceNode): void {
    if (node.id !== ROOT.id) this.#nodes.set(node.id, node);
  }

  remove(id: string): void {
    this.#nodes.delete(id);
  }

  get(id: string): SpaceNode | undefined {
    return this.#nodes.get(id);
  }

  get nodes(): readonly SpaceNode[] {
    return [...this.#nodes.values()];
  }

  /** Like `root > Platform > Payments`; begins with the highest Space that is known. */
  path(id: string): string {
    return this.#upward(id)
      .map((space) => this.get(space)?.name ?? space)
      .reverse()
      .join(" > ");
  }

  /** Whether an object of one Space can be used in another; undefined if a Space on the way is not known. */
  canUse(from: string, owner: string): boolean | undefined {
    if (from === owner) return true;
    const seen = new Set<string>();
    for (let current = from; !seen.has(current);) {
      if (current === owner) return true;
      seen.add(current);
      const node = this.get(current);
      if (node === undefined) return undefined;
      if (!node.inherits) return false;
      if (node.parent === undefined) return undefined;
      current = node.parent;
    }
    return false;
  }

  /** Whether a Space is the other one, or in it at any depth. */
  isWithin(id: string, other: string): boolean {
    return this.#upward(id).includes(other);
  }

  #upward(id: string): readonly string[] {
    const ids: string[] = [];
    for (let current: string | undefined = id; current !== undefined && !ids.includes(current); current = this.get(current)?.parent)
      ids.push(current);
    return ids;
  }
}

export interface SpaceTrees {
  readonly before: SpaceTree;
  readonly after: SpaceTree;
}

/** A later source replaces an earlier one: the account, the state, the plans. */
export function spaceTrees(plans: readonly PlanModel[], account: readonly AccountSpace[] = []): SpaceTrees {
  const before = new SpaceTree();
  const after = new SpaceTree();
  for (const { id, name, parentSpaceId, inheritEntities } of account) {
    const node = { id, name, parent: parentSpaceId ?? undefined, inherits: inheritEntities };
    before.add(node);
    after.add(node);
  }
  for (const plan of plans) {
    for (const { type, values } of plan.state) {
      if (kindInState(type)?.kind !== "space") continue;
      const node = nodeOf(values, textOf(values, "id") ?? "");
      before.add(node);
      after.add(node);
    }
  }
  for (const plan of plans) for (const change of plan.changes) if (change.resource.kind === "space") apply(change, plan, { before, after });
  return { before, after };
}

function apply(change: PlannedResource, plan: PlanModel, { before, after }: SpaceTrees): void {
  const { before: prior, after: planned, isDeposed } = change;
  const priorId = textOf(prior, "id");
  if (prior !== undefined && priorId !== undefined) before.add(nodeOf(prior, priorId));
  if (isDeposed) return;
  if (planned === undefined || change.action === "forget") {
    // A forgotten Space stays where it is.
    if (priorId !== undefined && change.action === "delete") after.remove(priorId);
    return;
  }
  const id = spaceIdOf(change);
  if (priorId !== undefined && priorId !== id) after.remove(priorId);
  after.add({ ...nodeOf(planned, id), parent: referredId(change, "parent_space_id", plan) });
}

function nodeOf(values: Values, id: string): SpaceNode {
  return {
    id,
    name: textOf(values, "name") ?? id,
    parent: textOf(values, "parent_space_id"),
    inherits: values["inherit_entities"] === true,
  };
}

/** The ID of a Space after the apply: a stand-in if the plan creates it. */
export function spaceIdOf(change: PlannedResource): string {
  return textOf(change.after, "id") ?? standIn(change.part, change.address);
}

function standIn(part: string, address: string): string {
  return `new ${part} ${address}`;
}

/** The ID in an attribute that names a Space, after the apply; undefined if it is not known. */
export function referredId(change: PlannedResource, name: string, plan: PlanModel): string | undefined {
  if (!change.unknown.has(name)) return textOf(change.after, name);
  const references = plan.references.get(withoutIndex(change.address))?.[name] ?? [];
  const space = references.map((reference) => spacesByAddress(plan).get(reference)).find((found) => found !== undefined);
  return space === undefined ? undefined : spaceIdOf(space);
}

const spacesOfPlans = new WeakMap<PlanModel, ReadonlyMap<string, PlannedResource>>();

function spacesByAddress(plan: PlanModel): ReadonlyMap<string, PlannedResource> {
  const known = spacesOfPlans.get(plan);
  if (known !== undefined) return known;
  const spaces = new Map(plan.changes.flatMap((change) => (change.resource.kind === "space" ? [[change.address, change] as const] : [])));
  spacesOfPlans.set(plan, spaces);
  return spaces;
}
