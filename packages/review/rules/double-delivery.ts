/** Bitbucket will deliver the same event twice: another webhook of the repository, its project or its workspace has the same URL. */
import type { Finding } from "../finding";
import { NOBODY } from "../finding";
import type { RuleContext } from "./context";
import { finding } from "./finding-of";
import { messageTodo } from "./message-todo";
import { DOUBLE_CODES } from "./message-codes";

export function* doubleDelivery(context: RuleContext): Iterable<Finding> {
  const { messages, subjectOf, subjectAt } = context;
  for (const message of messages(...DOUBLE_CODES)) {
    const { why, change, address, part } = message;
    const label = change?.label;
    yield finding("double-delivery", change === undefined ? subjectAt(part, address) : subjectOf(change), {
      severity: "warning",
      what: why,
      affected: { ...NOBODY, repositories: label === undefined ? [] : [label] },
      ...messageTodo(message, context),
    });
  }
}
