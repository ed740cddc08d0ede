/** A webhook is switched off, or created so: Bitbucket keeps it, and delivers nothing. */
import type { Finding } from "../finding";
import { flagOf } from "../plan/values";
import { ineffectiveAttributes } from "./change-ineffective";
import { becomes } from "./changes";
import type { RuleContext } from "./context";
import { consumersText, finding, verb, withRepositories } from "./finding-of";

export function* webhookDeactivated({ changes, consumers, subjectOf }: RuleContext): Iterable<Finding> {
  for (const change of changes) {
    if (change.resource.kind !== "webhook" || ineffectiveAttributes(change).length > 0) continue;
    const isNew = change.before === undefined && flagOf(change.after, "active") === false;
    if (!isNew && !becomes(change, "active", false)) continue;
    const concerned = withRepositories(consumers.ofWebhook(change), [change]);
    const who = consumersText(concerned);
    yield finding("webhook-deactivated", subjectOf(change), {
      severity: who === undefined ? "warning" : "danger",
      what: `The webhook of ${change.label ?? change.address} is ${isNew ? "created switched off" : "switched off"}${who === undefined ? "" : `, and ${who} no longer ${verb(concerned, "learns", "learn")} about pushes and pull requests`}.`,
      affected: concerned,
      todo: isNew ? "Make it active, unless the pause is meant." : "Keep it active, unless the pause is meant.",
    });
  }
}
