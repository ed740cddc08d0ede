/** A webhook that exists already is taken over: what it loses. */
import type { Finding } from "../finding";
import type { RuleContext } from "./context";
import { ADOPTION_CODES } from "./message-codes";
import { messageFindings } from "./message-findings";

export function webhookOverwritten(context: RuleContext): Iterable<Finding> {
  return messageFindings(context, "webhook-overwritten", ADOPTION_CODES, (repository, why) => {
    const [, changes] = /Changes: (.*)\.$/.exec(why) ?? [];
    return changes === undefined
      ? { severity: "notice", what: `The webhook that ${repository} already has is taken over. Nothing about it changes.` }
      : { severity: "warning", what: `The webhook that ${repository} already has is taken over and changed: ${changes}.` };
  });
}
