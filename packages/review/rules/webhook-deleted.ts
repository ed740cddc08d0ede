/** A webhook is deleted, or turned to something else: pushes and pull requests of its repository no longer reach its integration. */
import type { Finding } from "../finding";
import type { PlannedResource } from "../plan/plan-model";
import { labelOf } from "../plan/read-resource";
import { textOf } from "../plan/values";
import type { RuleContext } from "./context";
import { consumersText, finding, quoted, severityFor, verb, withRepositories } from "./finding-of";
import { departures, type Departure } from "./webhook-departures";
import { productOf } from "./webhooks";

/** If its integration is deleted too, the finding about that one names the repositories. One that is renamed or replaced keeps the others. */
export function* webhookDeleted(context: RuleContext): Iterable<Finding> {
  const { integrations, consumers, subjectOf } = context;
  const idOf = (change: PlannedResource, name: string) => `${productOf(change)} ${textOf(change.before, name) ?? ""}`;
  const ending = new Set(integrations.filter(({ action }) => action === "delete").map((change) => idOf(change, "id")));
  for (const [change, departure] of departures(context)) {
    if (ending.has(idOf(change, "integration_id"))) continue;
    const concerned = withRepositories(consumers.ofWebhook(change), [change]);
    const who = consumersText(concerned);
    yield finding("webhook-deleted", subjectOf(change), {
      severity: concerned.isKnown || who !== undefined ? severityFor(concerned, "notice") : "warning",
      what: `The webhook of ${change.label ?? change.address} ${happens(change, departure)}${who === undefined ? "" : `, and ${who} no longer ${verb(concerned, "learns", "learn")} about pushes and pull requests`}.`,
      affected: concerned,
      todo:
        concerned.isKnown && who === undefined
          ? undefined
          : "Keep the webhook, or attach its stacks and modules to an integration that has a webhook in this repository.",
    });
  }
}

function happens(change: PlannedResource, departure: Departure): string {
  if (departure === "deleted") return "is deleted";
  if (departure === "other-repository") return `moves to ${labelOf(change.after) ?? "a repository that is known after apply"}`;
  const before = quoted(textOf(change.before, "integration_id") ?? "");
  return `no longer delivers to the integration ${before}, but to ${nameOfNew(change)}`;
}

function nameOfNew(change: PlannedResource): string {
  const id = textOf(change.after, "integration_id");
  return id === undefined ? "another one" : quoted(id);
}
