/** Counts objects by what happens to them. */
import type { PlannedAction, PlanModel } from "./plan/plan-model";
import type { ChangeCounts } from "./review";

interface Counted {
  readonly action: PlannedAction;
  readonly isMoved: boolean;
  readonly isImported: boolean;
}

export function countChanges(entries: Iterable<Counted>): ChangeCounts {
  const counts = { create: 0, update: 0, replace: 0, delete: 0, forget: 0, move: 0, import: 0 };
  for (const { action, isMoved, isImported } of entries) {
    if (action !== "none") counts[action]++;
    if (isMoved) counts.move++;
    if (isImported) counts.import++;
  }
  return counts;
}

/** Only Bitlift's own resources. */
export function countsOf({ changes }: PlanModel): ChangeCounts {
  return countChanges(
    changes.map(({ action, previousAddress, imported }) => ({
      action,
      isMoved: previousAddress !== undefined,
      isImported: imported !== undefined,
    })),
  );
}

export function addCounts(all: readonly ChangeCounts[]): ChangeCounts {
  const total = { ...countChanges([]) };
  for (const counts of all) for (const name of Object.keys(total) as (keyof ChangeCounts)[]) total[name] += counts[name];
  return total;
}

export function isEmpty(counts: ChangeCounts): boolean {
  return Object.values(counts).every((number) => number === 0);
}
