/** A changed backing without a move: the plan would delete objects and create them again under the type of other providers. */
import { backingOfType, ownType, type Configuration } from "../../configuration";
import { problem } from "../catalog";
import type { Plan } from "./plan-json";
import type { PartResult } from "./reporter";

type Backing = Configuration["backing"];

/** One object that the plan deletes and creates again. */
export interface BackingChange {
  readonly part: string;
  readonly from: string;
  readonly to: string;
  /** The backing after the plan. */
  readonly backing: Backing;
}

export function backingChanges(results: readonly PartResult[]): readonly BackingChange[] {
  return results.flatMap((result) => ("plan" in result ? changesIn(result.part, result.plan) : []));
}

function changesIn(part: string, { changes }: Plan): readonly BackingChange[] {
  const created = new Map(
    changes.filter(({ action }) => action === "create").map((change) => [twinKey(change.address, change.type), change] as const),
  );
  return changes.flatMap(({ action, address, type, isDeposed }) => {
    const twin = action === "delete" && !isDeposed ? created.get(twinKey(address, type)) : undefined;
    return twin === undefined || twin.type === type ? [] : [{ part, from: address, to: twin.address, backing: backingOfType(twin.type) }];
  });
}

/** The same for both backings, because only the type differs. */
function twinKey(address: string, type: string): string {
  return `${ownType(type)}${address.slice(address.lastIndexOf(`${type}.`) + type.length)}`;
}

/** For `bitlift plan`, which only says so. Undefined without such changes. */
export function backingChangeText(changes: readonly BackingChange[]): string | undefined {
  return changes.length === 0 ? undefined : `Warning: ${causeText(changes)} bitlift apply refuses this. ${moveText(changes)}`;
}

/** @throws Problem `backing-change-refused` */
export function refuseBackingChange(changes: readonly BackingChange[], isAccepted: boolean): void {
  if (changes.length === 0 || isAccepted) return;
  throw problem("backing-change-refused", {
    why: `${causeText(changes)} Nothing of these plans was applied.`,
    fix: `${moveText(changes)} If the objects must be made again, add --accept-backing-change.`,
  });
}

const MOST_NAMED = 3;

function causeText(changes: readonly BackingChange[]): string {
  const named = changes.slice(0, MOST_NAMED).map(({ part, from, to }) => `${from} becomes ${to} (part ${part})`);
  const others = changes.length - named.length;
  const list = [...named, ...(others > 0 ? [`${others} more`] : [])].join(", ");
  const [count, them] = changes.length === 1 ? ["1 object", "it"] : [`${changes.length} objects`, "them"];
  return `The plans delete ${count} and create ${them} again with other providers, because the backing changed: ${list}.`;
}

function moveText(changes: readonly BackingChange[]): string {
  const backings = [...new Set(changes.map(({ backing }) => backing))];
  return `To move the objects instead, run ${backings.map((backing) => `bitlift export <dir> --backing ${backing}`).join(" and ")}, and follow its steps.`;
}
