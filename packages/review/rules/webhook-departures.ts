/** Which webhooks no longer deliver events of their repository to their integration after the plans: deleted, or turned to something else. */
import type { PlannedResource } from "../plan/plan-model";
import { withoutIndex } from "../plan/references";
import { labelOf } from "../plan/read-resource";
import { flagOf, textOf } from "../plan/values";
import { isReplaced } from "./changes";
import type { RuleContext } from "./context";
import { productOf } from "./webhooks";

/** How a webhook goes away from under the stacks that use it. */
export type Departure = "deleted" | "other-integration" | "other-repository";

/** Without webhooks whose repository another webhook delivers to the same integration: the address of a webhook may change without a move. */
export function departures(context: RuleContext): ReadonlyMap<PlannedResource, Departure> {
  const webhooks = context.changes.filter(({ resource, isDeposed }) => resource.kind === "webhook" && !isDeposed);
  const targets = new Map(webhooks.map((change) => [change, targetAfter(context, change)] as const));
  const served = new Set([...targets].flatMap(([change, target]) => (target !== undefined && delivers(change) ? [target] : [])));
  const found = new Map<PlannedResource, Departure>();
  for (const change of webhooks) {
    const source = targetBefore(change);
    if (source === undefined || targets.get(change) === source || served.has(source)) continue;
    if (change.action === "delete") found.set(change, "deleted");
    // In place, the name changes only because the repository itself has a new one, and the webhook is still in it.
    else if (repositoryOf(change, "after") !== repositoryOf(change, "before")) {
      if (isReplaced(change)) found.set(change, "other-repository");
    } else if (!isFollowing(context, change)) found.set(change, "other-integration");
  }
  return found;
}

function delivers({ action, before, after }: PlannedResource): boolean {
  return flagOf(action === "forget" ? before : after, "active") !== false;
}

/** The repository, and the integration by its ID before the plans. Undefined for a new webhook. */
function targetBefore(change: PlannedResource): string | undefined {
  const id = textOf(change.before, "integration_id");
  return id === undefined ? undefined : targetOf(change, "before", id);
}

/** The same after the plans. A webhook that is forgotten stays as it is. */
function targetAfter(context: RuleContext, change: PlannedResource): string | undefined {
  if (change.action === "forget") return targetBefore(change);
  if (change.after === undefined) return undefined;
  const id = formerIntegration(context, change);
  return id === undefined ? undefined : targetOf(change, "after", id);
}

function targetOf(change: PlannedResource, when: "before" | "after", integration: string): string {
  return JSON.stringify([productOf(change), integration, repositoryOf(change, when)]);
}

function repositoryOf(change: PlannedResource, when: "before" | "after"): string | undefined {
  return labelOf(change[when])?.toLowerCase();
}

/** The integration of a webhook after the plans, by the ID that it has before them: an integration that is renamed gets another one. */
function formerIntegration({ integrations, planOf }: RuleContext, change: PlannedResource): string | undefined {
  const id = textOf(change.after, "integration_id");
  const ofProduct = integrations.filter((integration) => productOf(integration) === productOf(change) && integration.before !== undefined);
  if (id !== undefined) {
    const renamed = ofProduct.find((integration) => textOf(integration.after, "id") === id);
    return textOf(renamed?.before, "id") ?? id;
  }
  const addresses = planOf(change).references.get(withoutIndex(change.address))?.["integration_id"] ?? [];
  const referred = ofProduct.find(({ part, address }) => part === change.part && addresses.includes(withoutIndex(address)));
  return textOf(referred?.before, "id");
}

/** Nothing says where the webhook goes, but its integration is replaced: then the finding about that one counts. */
function isFollowing(context: RuleContext, change: PlannedResource): boolean {
  if (!change.unknown.has("integration_id") || formerIntegration(context, change) !== undefined) return false;
  const addresses = context.planOf(change).references.get(withoutIndex(change.address))?.["integration_id"] ?? [];
  const refersToNew = context.integrations.some(({ part, address }) => part === change.part && addresses.includes(withoutIndex(address)));
  const id = textOf(change.before, "integration_id");
  return !refersToNew && context.integrations.some((integration) => isReplaced(integration) && textOf(integration.before, "id") === id);
}
