/** The plans remove more than the file allows. */
import type { Finding } from "../finding";
import type { RuleContext } from "./context";
import { finding } from "./finding-of";
import { removalChangesIn } from "./removal-changes";
import { percent, removalsOver, removalsText, type RemovalPlan } from "./removals";

export function* removalsOverLimit({ plans, waiting, mostRemovals, subjectAt }: RuleContext): Iterable<Finding> {
  for (const over of removalsOver(mostRemovals, removalPlansOf({ plans, waiting }))) {
    const part = plans.length === 1 ? (plans[0]?.part ?? "") : "all parts";
    yield finding(
      "removals-over-limit",
      { ...subjectAt(part, undefined), key: over.type, name: over.type },
      {
        severity: "danger",
        what: `The plans delete ${removalsText([over])}. The limit is ${percent(mostRemovals)} of the objects of one type.`,
        todo: "Check that the file is complete: a key that has a new name needs its former one in previously. bitlift apply asks for --accept-removals.",
      },
    );
  }
}

/** What the limit counts: the states of parts that wait are a part of the whole. */
export function removalPlansOf({ plans, waiting }: Pick<RuleContext, "plans" | "waiting">): readonly RemovalPlan[] {
  return [
    ...plans.map((plan) => ({ changes: removalChangesIn(plan), stateCounts: plan.stateCounts })),
    ...waiting.flatMap(({ stateCounts }) => (stateCounts === undefined ? [] : [{ changes: [], stateCounts }])),
  ];
}
