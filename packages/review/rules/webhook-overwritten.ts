/** A webhook that exists already is taken over: what it loses. */
import type { Finding } from "../finding";
import { NOBODY } from "../finding";
import type { RuleContext } from "./context";
import { finding } from "./finding-of";
import { ADOPTION_CODES } from "./message-codes";

export function* webhookOverwritten({ messages, subjectOf, subjectAt }: RuleContext): Iterable<Finding> {
  for (const { why, fix, change, address, part } of messages(...ADOPTION_CODES)) {
    const label = change?.label;
    yield finding("webhook-overwritten", change === undefined ? subjectAt(part, address) : subjectOf(change), {
      severity: / Changes: /.test(why) ? "warning" : "notice",
      what: why,
      affected: { ...NOBODY, repositories: label === undefined ? [] : [label] },
      todo: fix,
    });
  }
}
