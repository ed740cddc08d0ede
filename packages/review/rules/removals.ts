/** Which types lose a larger share of their objects than the file allows: the guard of `bitlift apply`, and a finding of the review. */
import { RemovalKeys, type RemovalChange } from "./removal-changes";

/** Below this number of removals of one type, the share says nothing: one of two objects is half of them. */
const SMALLEST_COUNT = 5;

/** What the guard reads of a plan. */
export interface RemovalPlan {
  readonly changes: readonly RemovalChange[];
  /** How many managed objects of each type the state contains. */
  readonly stateCounts: ReadonlyMap<string, number>;
}

export interface TypeRemovals {
  readonly type: string;
  readonly removed: number;
  readonly existing: number;
}

/**
 * The types over the limit, summed over all plans. An object that another plan, or another address, makes again is not removed: an integration that
 * moves to another part for example. Each create makes up for one delete only.
 * @param most The largest share: 0.25 for a quarter.
 */
export function removalsOver(most: number, plans: readonly RemovalPlan[]): readonly TypeRemovals[] {
  const keys = new RemovalKeys(plans.map(({ changes }) => changes));
  const changes = plans.flatMap((plan, index) =>
    plan.changes.map(({ type, action, before, after }) => ({
      type,
      action,
      key: keys.of(index, type, action === "delete" ? before : after),
    })),
  );
  const made = new Map<string, number>();
  for (const { action, key } of changes) if (action === "create" && key !== undefined) made.set(key, (made.get(key) ?? 0) + 1);
  const removed = new Map<string, number>();
  for (const { type, action, key } of changes) {
    if (action !== "delete") continue;
    const left = key === undefined ? 0 : (made.get(key) ?? 0);
    if (key !== undefined && left > 0) made.set(key, left - 1);
    else removed.set(type, (removed.get(type) ?? 0) + 1);
  }
  return [...removed]
    .map(([type, number]) => ({ type, removed: number, existing: sum(plans.map(({ stateCounts }) => stateCounts.get(type) ?? 0)) }))
    .filter(({ removed: number, existing }) => number >= SMALLEST_COUNT && number > most * existing);
}

/** Like `6 of 8 bitlift_space`. */
export function removalsText(over: readonly TypeRemovals[]): string {
  return over.map(({ type, removed, existing }) => `${removed} of ${existing} ${type}`).join(" and ");
}

/** All of them: what `--accept-removals` accepts. */
export function totalRemovals(over: readonly TypeRemovals[]): number {
  return sum(over.map(({ removed }) => removed));
}

/** Like `25%`. */
export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
