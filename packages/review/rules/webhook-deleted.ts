/** A webhook is deleted: pushes and pull requests of its repository no longer reach Spacelift. */
import type { Finding } from "../finding";
import type { PlannedResource } from "../plan/plan-model";
import { textOf } from "../plan/values";
import { isDeleted } from "./changes";
import type { RuleContext } from "./context";
import { consumersText, finding, severityFor, verb, withRepositories } from "./finding-of";
import { productOf } from "./webhooks";

/** If its integration is deleted too, the finding about that one names the repositories. One that is renamed or replaced keeps the others. */
export function* webhookDeleted({ changes, integrations, consumers, subjectOf }: RuleContext): Iterable<Finding> {
  const ending = new Set(
    integrations.filter(({ action }) => action === "delete").map((change) => `${productOf(change)} ${textOf(change.before, "id") ?? ""}`),
  );
  const made = new Set(changes.filter(({ action, resource }) => action === "create" && resource.kind === "webhook").map(repositoryKey));
  for (const change of changes) {
    if (change.resource.kind !== "webhook" || !isDeleted(change)) continue;
    if (ending.has(`${productOf(change)} ${textOf(change.before, "integration_id") ?? ""}`) || made.has(repositoryKey(change))) continue;
    const concerned = withRepositories(consumers.ofWebhook(change), [change]);
    const who = consumersText(concerned);
    yield finding("webhook-deleted", subjectOf(change), {
      severity: concerned.isKnown ? severityFor(concerned, "notice") : "warning",
      what: `The webhook of ${change.label ?? change.address} is deleted${who === undefined ? "" : `, and ${who} no longer ${verb(concerned, "learns", "learn")} about pushes and pull requests`}.`,
      affected: concerned,
      todo:
        concerned.isKnown && who === undefined
          ? undefined
          : "Keep the webhook, or attach its stacks and modules to an integration that has a webhook in this repository.",
    });
  }
}

/** The address of a webhook may change without a move: then another address makes or adopts it. */
function repositoryKey({ type, label = "" }: PlannedResource): string {
  return `${type} ${label.toLowerCase()}`;
}
