/** An integration gets another name: another URL, another secret, and consumers that have to be attached to the new one. */
import type { Finding } from "../finding";
import type { PlannedResource } from "../plan/plan-model";
import { referredId } from "../plan/space-tree";
import { isPublished, isRenamed, nameAfter, nameBefore } from "./changes";
import type { RuleContext } from "./context";
import { consumersText, count, finding, quoted, severityFor, withRepositories } from "./finding-of";

export function* integrationRenamed(context: RuleContext): Iterable<Finding> {
  const { integrations, consumers, webhooks, subjectOf } = context;
  for (const change of integrations.filter(isRenamed)) {
    const before = webhooks.before(change);
    const after = new Set(webhooks.after(change).filter(({ action }) => action !== "none"));
    const following = before.filter((webhook) => after.has(webhook));
    const left = before.filter((webhook) => !after.has(webhook));
    const concerned = withRepositories(consumers.ofIntegration(change), before);
    const who = consumersText(concerned);
    const hasGap = !change.createsFirst || following.some(({ action, createsFirst }) => action === "replace" && !createsFirst);
    const place = newPlace(context, change);
    const attached = who === undefined ? "" : `, and ${who} must be attached to it`;
    yield finding("integration-renamed", subjectOf(change), {
      severity: severityFor(concerned, hasGap || left.length > 0 ? "warning" : "notice"),
      what: `The integration ${quoted(nameBefore(change))} becomes ${quoted(nameAfter(change))}: a new integration${place === undefined ? "" : ` in ${place}`} with another ${newParts(change)}${attached}.`,
      affected: concerned,
      todo: concerned.isKnown && who === undefined ? undefined : `${placeTodo(place)}${todo(change)}`,
      details: [
        ...(following.length > 0
          ? [`${count(following.length, "webhook")} of this plan ${following.length === 1 ? "follows" : "follow"} to the new URL.`]
          : []),
        ...(left.length > 0
          ? [`${count(left.length, "webhook")} of the old integration ${left.length === 1 ? "does" : "do"} not follow: ${names(left)}.`]
          : []),
        hasGap ? gapText(change) : "There is no gap: the new integration and its webhooks exist before the old ones are deleted.",
        "Webhooks that this plan does not manage keep the old URL, and no longer reach Spacelift.",
      ],
    });
  }
}

/** The Space, if the integration moves too. */
function newPlace({ spaces, planOf }: RuleContext, change: PlannedResource): string | undefined {
  if (!change.changed.has("space_id")) return undefined;
  const id = referredId(change, "space_id", planOf(change));
  return id === undefined ? "a Space that is known after apply" : spaces.after.path(id);
}

function placeTodo(place: string | undefined): string {
  return place === undefined
    ? ""
    : `First attach the stacks and modules whose Space cannot use integrations of ${place} to another integration: they cannot be attached to the new one. `;
}

function newParts({ changed }: PlannedResource): string {
  return changed.has("webhook_url") ? "webhook URL and secret" : "webhook secret";
}

function gapText({ createsFirst }: PlannedResource): string {
  return createsFirst
    ? "There is a gap: some webhooks are deleted before the new ones exist. Set create_before_destroy on them too."
    : "There is a gap: the old integration is deleted before the new one exists. With replacementOrder create-first, there is none.";
}

function todo(change: PlannedResource): string {
  const { createsFirst } = change;
  if (createsFirst && isPublished(change))
    return "The apply creates the new integration, and then deletes the old one even while stacks or modules use it, because Spacelift's own provider protects nothing. Stacks of the same app that take their source from stackSource move by themselves. For all others, declare a second integration first, attach them to it, and delete the old one afterward.";
  return createsFirst
    ? "The apply creates the new integration, and stops at the old one while stacks or modules use it: attach them to the new one, and apply again. Stacks of the same app that take their source from stackSource move by themselves."
    : "Set replacementOrder to create-first, so that stacks and modules can be attached to the new integration before the old one is deleted.";
}

function names(changes: readonly PlannedResource[]): string {
  const shown = changes.slice(0, 10).map(({ label, address }) => label ?? address);
  return changes.length > shown.length ? `${shown.join(", ")}, and ${changes.length - shown.length} more` : shown.join(", ");
}
