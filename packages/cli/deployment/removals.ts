/** The guard against a faulty file: which types lose a larger share of their objects than the file allows. */
import { problem } from "../catalog";
import type { Plan, PlannedChange } from "./plan-json";

/** Below this number of removals of one type, the share says nothing: one of two objects is half of them. */
const SMALLEST_COUNT = 5;

export interface TypeRemovals {
  readonly type: string;
  readonly removed: number;
  readonly existing: number;
}

/**
 * The types over the limit, summed over all plans. An object that another plan, or another address, makes again is not removed: an integration that
 * moves to another part for example.
 * @param most The largest share: 0.25 for a quarter.
 */
export function removalsOver(most: number, plans: readonly Plan[]): readonly TypeRemovals[] {
  const changes = plans.flatMap((plan) => plan.changes);
  const made = new Set(changes.filter(({ action }) => action === "create").flatMap(identity));
  const removed = new Map<string, number>();
  for (const change of changes) {
    if (change.action !== "delete" || change.isDeposed || identity(change).some((key) => made.has(key))) continue;
    removed.set(change.type, (removed.get(change.type) ?? 0) + 1);
  }
  return [...removed]
    .map(([type, count]) => ({ type, removed: count, existing: sum(plans.map(({ stateCounts }) => stateCounts.get(type) ?? 0)) }))
    .filter(({ removed: count, existing }) => count >= SMALLEST_COUNT && count > most * existing);
}

/**
 * @param accepted The number of `--accept-removals`.
 * @throws Problem `removals-over-limit` if there are types over the limit, and `accepted` is not exactly their number of removals
 */
export function guardRemovals(most: number, plans: readonly Plan[], accepted: number | undefined): void {
  const over = removalsOver(most, plans);
  const total = sum(over.map(({ removed }) => removed));
  if (over.length === 0 || total === accepted) return;
  const other = accepted === undefined ? "" : ` --accept-removals accepts ${accepted}, but these are ${total}.`;
  throw problem("removals-over-limit", {
    why: `The plans delete ${removalsText(over)}. The limit is ${percent(most)} of the objects of one type, and nothing was applied.${other}`,
    fix: `If all of them must go, run the command again with --accept-removals ${total}. Otherwise correct the file: a key that has a new name needs its former one in previously.`,
  });
}

/** Like `6 of 8 bitlift_space`. */
export function removalsText(over: readonly TypeRemovals[]): string {
  return over.map(({ type, removed, existing }) => `${removed} of ${existing} ${type}`).join(" and ");
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}

/** What the remote system identifies the object by, as far as a plan shows it. */
function identity({ type, label }: PlannedChange): readonly string[] {
  return label === undefined ? [] : [`${type} ${label}`];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
