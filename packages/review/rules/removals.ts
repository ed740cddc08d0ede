/** Which types lose a larger share of their objects than the file allows: the guard of `bitlift apply`, and a finding of the review. */

/** Below this number of removals of one type, the share says nothing: one of two objects is half of them. */
const SMALLEST_COUNT = 5;

/** What the guard reads of a plan. */
export interface RemovalPlan {
  readonly changes: readonly {
    readonly type: string;
    readonly action: string | undefined;
    /** What people call the object: its name, or its repository. */
    readonly label: string | undefined;
    /** Whether the change deletes an object that an earlier replacement left behind. */
    readonly isDeposed: boolean;
  }[];
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
 * moves to another part for example.
 * @param most The largest share: 0.25 for a quarter.
 */
export function removalsOver(most: number, plans: readonly RemovalPlan[]): readonly TypeRemovals[] {
  const changes = plans.flatMap((plan) => plan.changes);
  const made = new Set(changes.filter(({ action }) => action === "create").flatMap(identity));
  const removed = new Map<string, number>();
  for (const change of changes) {
    if (change.action !== "delete" || change.isDeposed || identity(change).some((key) => made.has(key))) continue;
    removed.set(change.type, (removed.get(change.type) ?? 0) + 1);
  }
  return [...removed]
    .map(([type, number]) => ({ type, removed: number, existing: sum(plans.map(({ stateCounts }) => stateCounts.get(type) ?? 0)) }))
    .filter(({ removed: number, existing }) => number >= SMALLEST_COUNT && number > most * existing);
}

/** Like `6 of 8 bitlift_space`. */
export function removalsText(over: readonly TypeRemovals[]): string {
  return over.map(({ type, removed, existing }) => `${removed} of ${existing} ${type}`).join(" and ");
}

/** Like `25%`. */
export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}

/** What the remote system identifies the object by, as far as a plan shows it. */
function identity({ type, label }: RemovalPlan["changes"][number]): readonly string[] {
  return label === undefined ? [] : [`${type} ${label}`];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
