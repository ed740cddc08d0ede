/** Bitbucket will deliver the same event twice: another webhook of the repository, its project or its workspace has the same URL. */
import type { Finding } from "../finding";
import { NOBODY } from "../finding";
import type { RuleContext } from "./context";
import { finding } from "./finding-of";

export function* doubleDelivery({ messages, subjectOf, subjectAt }: RuleContext): Iterable<Finding> {
  for (const { why, fix, change, address, part } of messages(
    "webhook-duplicates",
    "webhook-of-project",
    "webhook-of-workspace",
    "webhook-declared-twice",
  )) {
    const label = change?.label;
    yield finding("double-delivery", change === undefined ? subjectAt(part, address) : subjectOf(change), {
      severity: "warning",
      what: why,
      affected: { ...NOBODY, repositories: label === undefined ? [] : [label] },
      todo: fix,
    });
  }
}
