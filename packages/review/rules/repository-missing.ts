/** A repository does not exist, or the credential cannot see it: the apply fails there. */
import type { Finding } from "../finding";
import { NOBODY } from "../finding";
import type { RuleContext } from "./context";
import { finding } from "./finding-of";
import { messageTodo } from "./message-todo";
import { MISSING_CODES } from "./message-codes";

export function* repositoryMissing(context: RuleContext): Iterable<Finding> {
  const { messages, subjectOf, subjectAt } = context;
  for (const message of messages(...MISSING_CODES)) {
    const { why, change, address, part } = message;
    const label = change?.label;
    yield finding("repository-missing", change === undefined ? subjectAt(part, address) : subjectOf(change), {
      severity: "warning",
      what: why,
      affected: { ...NOBODY, repositories: label === undefined ? [] : [label] },
      ...messageTodo(message, context),
    });
  }
}
