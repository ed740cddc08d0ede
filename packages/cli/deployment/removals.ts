/** The guard against a faulty file: refuses plans that remove more than the file allows. What counts as a removal is a rule of the review. */
import { percent, removalsOver, removalsText, REVIEW_CATALOG, type RemovalPlan } from "../../review";

/**
 * @param accepted The number of `--accept-removals`.
 * @throws Problem `removals-over-limit` if there are types over the limit, and `accepted` is not exactly their number of removals
 */
export function guardRemovals(most: number, plans: readonly RemovalPlan[], accepted: number | undefined): void {
  const over = removalsOver(most, plans);
  const total = over.reduce((sum, { removed }) => sum + removed, 0);
  if (over.length === 0 || total === accepted) return;
  const other = accepted === undefined ? "" : ` --accept-removals accepts ${accepted}, but these are ${total}.`;
  throw REVIEW_CATALOG.problem("removals-over-limit", {
    why: `The plans delete ${removalsText(over)}. The limit is ${percent(most)} of the objects of one type, and nothing was applied.${other}`,
    fix: `If all of them must go, run the command again with --accept-removals ${total}. Otherwise correct the file: a key that has a new name needs its former one in previously.`,
  });
}
