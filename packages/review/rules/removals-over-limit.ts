/** The plans remove more than the file allows. */
import type { Finding } from "../finding";
import type { RuleContext } from "./context";
import { finding } from "./finding-of";
import { percent, removalsOver, removalsText } from "./removals";

export function* removalsOverLimit({ plans, mostRemovals, subjectAt }: RuleContext): Iterable<Finding> {
  for (const over of removalsOver(mostRemovals, plans)) {
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
