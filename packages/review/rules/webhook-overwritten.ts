/** A webhook that exists already is taken over: what it loses. */
import type { Finding } from "../finding";
import { NOBODY } from "../finding";
import type { RuleContext } from "./context";
import { finding } from "./finding-of";
import { messageTodo } from "./message-todo";
import { ADOPTION_CODES } from "./message-codes";

export function* webhookOverwritten(context: RuleContext): Iterable<Finding> {
  const { messages, subjectOf, subjectAt } = context;
  for (const message of messages(...ADOPTION_CODES)) {
    const { why, change, address, part } = message;
    const label = change?.label;
    yield finding("webhook-overwritten", change === undefined ? subjectAt(part, address) : subjectOf(change), {
      severity: / Changes: /.test(why) ? "warning" : "notice",
      what: why,
      affected: { ...NOBODY, repositories: label === undefined ? [] : [label] },
      ...messageTodo(message, context),
    });
  }
}
