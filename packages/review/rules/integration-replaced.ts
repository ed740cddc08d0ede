/** An integration is replaced under the same name: the URL stays, the secret changes, and nobody is attached afterwards. */
import type { Finding } from "../finding";
import type { PlannedResource } from "../plan/plan-model";
import { isPublished, isRenamed, isReplaced, nameAfter } from "./changes";
import type { RuleContext } from "./context";
import { protectionText } from "./integration-deleted";
import { consumersText, finding, quoted, severityFor, withRepositories } from "./finding-of";

export function* integrationReplaced({ integrations, consumers, webhooks, subjectOf }: RuleContext): Iterable<Finding> {
  for (const change of integrations) {
    if (!isReplaced(change) || isRenamed(change)) continue;
    const concerned = withRepositories(consumers.ofIntegration(change), webhooks.before(change));
    const who = consumersText(concerned);
    const url = change.changed.has("webhook_url") ? "The webhook URL may change" : "The webhook URL stays";
    const attached = who === undefined ? "" : `, and ${who} must be attached again`;
    yield finding("integration-replaced", subjectOf(change), {
      severity: severityFor(concerned, "warning"),
      what: `The integration ${quoted(nameAfter(change))} is deleted and made again under the same name. ${url}, the webhook secret changes${attached}.`,
      affected: concerned,
      todo:
        concerned.isKnown && who === undefined
          ? undefined
          : "First attach its stacks and modules to another integration, or plan to attach them again right after the apply. Until then, they receive no webhooks and start no runs.",
      details: [reasonText(change), protectionText(change), ...nameTakenText(change)],
    });
  }
}

function reasonText(change: PlannedResource): string {
  const { reason, replacePaths: paths, changed } = change;
  if (reason === "replace_because_tainted") return "It is marked as tainted: terraform untaint keeps it.";
  if (reason === "replace_by_request") return "Someone asked for the replacement with -replace.";
  if (reason === "replace_by_triggers" && isPublished(change) && changed.has("is_default"))
    return "is_default changes, which Spacelift's own provider cannot change in place, so a trigger replaces the integration.";
  if (reason === "replace_by_triggers") return "A change of another object triggers the replacement (replace_triggered_by).";
  return paths.length === 0 ? "The engine does not say why." : `These cannot be changed in place: ${paths.join(", ")}.`;
}

/** The published provider does not look whether the name is still taken. */
function nameTakenText(change: PlannedResource): readonly string[] {
  if (!isPublished(change) || !change.createsFirst) return [];
  return [
    "The plan creates the new integration before it deletes the old one, and Spacelift accepts a name only once: the apply fails unless create_before_destroy is off.",
  ];
}
