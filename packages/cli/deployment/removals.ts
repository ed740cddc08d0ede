/** The guard of `bitlift apply` against a faulty file. What counts as a removal is in the review, which shows the same. */
import { percent, removalsOver, removalsText, REVIEW_CATALOG } from "../../review";
import type { Plan } from "./plan-json";

/**
 * @param most The largest share: 0.25 for a quarter.
 * @param accepted The number of `--accept-removals`.
 * @throws Problem `removals-over-limit` if there are types over the limit, and `accepted` is not exactly their number of removals
 */
export function guardRemovals(most: number, plans: readonly Plan[], accepted: number | undefined): void {
  const over = removalsOver(most, plans);
  const total = over.reduce((sum, { removed }) => sum + removed, 0);
  if (over.length === 0 || total === accepted) return;
  const other = accepted === undefined ? "" : ` --accept-removals accepts ${accepted}, but these are ${total}.`;
  throw REVIEW_CATALOG.problem("removals-over-limit", {
    why: `The plans delete ${removalsText(over)}. The limit is ${percent(most)} of the objects of one type, and nothing was applied.${other}`,
    fix: `If all of them must go, run the command again with --accept-removals ${total}. Otherwise correct the file: a key that has a new name needs its former one in previously.`,
  });
}
