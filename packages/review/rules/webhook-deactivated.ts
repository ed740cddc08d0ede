/** A webhook is switched off: Bitbucket keeps it, and delivers nothing. */
import type { Finding } from "../finding";
import { becomes } from "./changes";
import type { RuleContext } from "./context";
import { consumersText, finding, verb, withRepositories } from "./finding-of";

export function* webhookDeactivated({ changes, consumers, subjectOf }: RuleContext): Iterable<Finding> {
  for (const change of changes) {
    if (change.resource.kind !== "webhook" || !becomes(change, "active", false)) continue;
    const concerned = withRepositories(consumers.ofWebhook(change), [change]);
    const who = consumersText(concerned);
    yield finding("webhook-deactivated", subjectOf(change), {
      severity: who === undefined ? "warning" : "danger",
      what: `The webhook of ${change.label ?? change.address} is switched off${who === undefined ? "" : `, and ${who} no longer ${verb(concerned, "learns", "learn")} about pushes and pull requests`}.`,
      affected: concerned,
      todo: "Keep it active, unless the pause is meant.",
    });
  }
}
