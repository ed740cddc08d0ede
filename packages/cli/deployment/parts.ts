/** The parts of a project in the order in which they are applied, and which of them have to wait for another. */
import { BACKINGS } from "../../domain";
import { ownType, RESOURCE_TYPES, spaceAddress, spaceLookupAddress, type Configuration } from "../../configuration";
import { problem } from "../catalog";
import type { Stack } from "../project/manifest";
import type { Plan, PlannedChange } from "./plan-json";

export interface OrderedPart extends Stack {
  /** Names of the parts that come before. */
  readonly after: readonly string[];
  /** The Spaces of other parts that it looks up, by their address there; undefined if that is not known, because the app declares the part in code. */
  readonly lookedUp: ReadonlyMap<string, LookedUpSpace> | undefined;
}

export interface LookedUpSpace {
  readonly name: string;
  /** The part that manages it. */
  readonly part: string;
  /** The address of the data source that looks it up. */
  readonly lookups: readonly string[];
}

/** By these, a part looks up the Space of another one. With published backing, the path contains both. */
const LOOKED_UP_BY = ["name", "parent_space_id"];

/**
 * Stacks with what the file says about them, each after those it depends on.
 * @throws Problem `part-unknown`
 */
export function orderParts(
  stacks: readonly Stack[],
  configuration: Configuration | undefined,
  selected: readonly string[] | undefined,
): readonly OrderedPart[] {
  checkNames(
    selected ?? [],
    stacks.map(({ name }) => name),
  );
  const declared = new Map(configuration?.parts.map((part) => [part.name, part]));
  const parts = stacks.map((stack): OrderedPart => {
    const part = declared.get(stack.name);
    const after = [...new Set([...stack.dependencies, ...(part?.after ?? [])])];
    return { ...stack, after, lookedUp: configuration && part ? lookedUpSpaces(configuration, part) : undefined };
  });
  // The manifest lists stacks by name; people expect the order of the file.
  const position = new Map([...declared.keys()].map((name, index) => [name, index]));
  parts.sort((a, b) => (position.get(a.name) ?? position.size) - (position.get(b.name) ?? position.size));
  const chosen = selected === undefined ? parts : parts.filter(({ name }) => selected.includes(name));
  return inOrder(chosen);
}

/** @throws Problem `part-unknown` */
export function checkNames(selected: readonly string[], known: readonly string[]): void {
  const unknown = selected.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw problem("part-unknown", { why: `There is no part "${unknown}".`, fix: `Use one of these: ${known.join(", ")}.` });
}

function inOrder(parts: readonly OrderedPart[]): readonly OrderedPart[] {
  const byName = new Map(parts.map((part) => [part.name, part]));
  const ordered = new Set<OrderedPart>();
  const visited = new Set<string>();
  const visit = (part: OrderedPart): void => {
    if (visited.has(part.name)) return;
    visited.add(part.name);
    for (const name of part.after) {
      const before = byName.get(name);
      if (before !== undefined) visit(before);
    }
    ordered.add(part);
  };
  parts.forEach(visit);
  return [...ordered];
}

/** The Spaces of integrations and the parents of Spaces, with everything above them. */
function lookedUpSpaces(configuration: Configuration, part: Configuration["parts"][number]): ReadonlyMap<string, LookedUpSpace> {
  const { backing } = configuration;
  const own = new Set(part.spaces);
  const found = new Map<string, LookedUpSpace>();
  const managedBy = new Map(configuration.parts.flatMap(({ name, spaces }) => spaces.map((key) => [key, name] as const)));
  const add = (reference: string): void => {
    const space = configuration.spaces.get(reference);
    if (space === undefined || found.has(spaceAddress(reference, backing))) return;
    const manager = managedBy.get(reference);
    if (!own.has(reference) && manager !== undefined)
      found.set(spaceAddress(reference, backing), {
        name: space.name,
        part: manager,
        lookups: BACKINGS.map((each) => spaceLookupAddress(reference, each)),
      });
    add(space.existing !== undefined && "name" in space.existing ? space.existing.parent : space.parent);
  };
  for (const key of part.spaces) add(configuration.spaces.get(key)?.parent ?? "root");
  for (const key of part.integrations) add(configuration.integrations.get(key)?.space ?? "root");
  return found;
}

/** What the earlier parts of one round came to. */
export type Outcome = { readonly state: "planned"; readonly plan: Plan } | { readonly state: "waits" | "failed" };

/** Why a part cannot be planned yet: texts like `Space "Payments" of part spaces`. Empty if it can. */
export function reasonsToWait(part: OrderedPart, outcomes: ReadonlyMap<string, Outcome>): readonly string[] {
  return part.after.flatMap((name) => {
    const outcome = outcomes.get(name);
    if (outcome === undefined) return [];
    if (outcome.state !== "planned") return [`part ${name}`];
    return outcome.plan.changes
      .filter((change) => changesLookup(change) && (part.lookedUp?.has(change.address) ?? true))
      .map(({ label, address }) => spaceText(label === undefined ? address : `"${label}"`, name));
  });
}

/** As people read it: `Space "Payments" of part spaces`. */
export function spaceText(space: string, part: string): string {
  return `Space ${space} of part ${part}`;
}

/** Whether a look-up by name and parent finds something else after the change. */
function changesLookup({ type, action, changed }: PlannedChange): boolean {
  if (ownType(type) !== RESOURCE_TYPES.space) return false;
  return action === "create" || action === "replace" || (action === "update" && changed.some((name) => LOOKED_UP_BY.includes(name)));
}
