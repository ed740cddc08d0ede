/** Who can use an integration before the plans and not after them. */
import type { KnownConsumer, PlannedResource } from "../plan/plan-model";
import { referredId, spaceIdOf, type SpaceTree } from "../plan/space-tree";
import { textOf } from "../plan/values";
import { isDefault, isDeleted, isReplaced } from "./changes";
import type { RuleContext } from "./context";
import { productOf } from "./webhooks";

interface Losses {
  readonly losing: readonly KnownConsumer[];
  /** Nobody knows where their integration is, and their Space loses what other Spaces contain. */
  readonly unsure: readonly KnownConsumer[];
}

/** Where an integration is. Undefined if it is not known. */
interface Ownership {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** @param change of an integration's Space, or of a Space */
export function losingConsumers(context: RuleContext, consumers: readonly KnownConsumer[], change: PlannedResource): Losses {
  const { spaces } = context;
  const losing: KnownConsumer[] = [];
  const unsure: KnownConsumer[] = [];
  for (const consumer of consumers) {
    const { spaceId } = consumer;
    if (spaceId === null || !isConcerned(context, consumer, spaceId, change)) continue;
    const owner = ownershipOf(context, consumer, change);
    if (owner === "everywhere" || owner === "ends") continue;
    if (owner.before !== undefined) {
      if (spaces.before.canUse(spaceId, owner.before) !== false && isLost(context, spaceId, owner.after)) losing.push(consumer);
    } else if (losesAnyOwner(context, spaceId)) unsure.push(consumer);
  }
  return { losing, unsure };
}

/** Of the candidates, the Spaces that may use the integration before the plans and not after them. */
export function losingSpaces(context: RuleContext, candidates: readonly string[], integration: PlannedResource): readonly string[] {
  const { spaces, planOf } = context;
  const before = textOf(integration.before, "space_id");
  if (before === undefined) return [];
  const after = referredId(integration, "space_id", planOf(integration));
  return candidates
    .filter((id) => spaces.after.get(id) !== undefined && spaces.before.canUse(id, before) === true)
    .filter((id) => isLost(context, id, after));
}

function isConcerned({ spaces }: RuleContext, consumer: KnownConsumer, spaceId: string, change: PlannedResource): boolean {
  return change.resource.kind === "space" ? spaces.before.isWithin(spaceId, spaceIdOf(change)) : isSame(change, consumer);
}

function isSame(integration: PlannedResource, { product, integrationId }: KnownConsumer): boolean {
  return productOf(integration) === product && textOf(integration.before, "id") === integrationId;
}

/** From the plans, else from Spacelift: many integrations are managed elsewhere, or in a part that is not planned. */
function ownershipOf(
  { integrations, consumers, planOf }: RuleContext,
  consumer: KnownConsumer,
  change: PlannedResource,
): Ownership | "everywhere" | "ends" {
  const planned = integrations.find((integration) => !integration.isDeposed && isSame(integration, consumer));
  if (planned !== undefined) {
    if (isDefault(planned, "before")) return "everywhere";
    // A finding about the integration names everybody who uses it.
    if (isDeleted(planned) || (isReplaced(planned) && planned !== change)) return "ends";
    const before = textOf(planned.before, "space_id");
    return { before, after: planned.action === "forget" ? before : referredId(planned, "space_id", planOf(planned)) };
  }
  const listed = consumers.integration(consumer.product, consumer.integrationId);
  if (listed?.isDefault === true) return "everywhere";
  const spaceId = listed?.spaceId ?? undefined;
  return { before: spaceId, after: spaceId };
}

/** A Space that is deleted has access to nothing. */
function isLost({ spaces }: RuleContext, spaceId: string, owner: string | undefined): boolean {
  return owner === undefined || spaces.after.get(spaceId) === undefined || spaces.after.canUse(spaceId, owner) === false;
}

function losesAnyOwner({ spaces }: RuleContext, spaceId: string): boolean {
  const kept = usableFrom(spaces.after, spaceId);
  return usableFrom(spaces.before, spaceId).some((id) => !kept.includes(id));
}

/** The Space, and those from which it inherits. */
function usableFrom(tree: SpaceTree, spaceId: string): readonly string[] {
  const ids: string[] = [];
  for (let id: string | undefined = spaceId; id !== undefined && !ids.includes(id);) {
    ids.push(id);
    const node = tree.get(id);
    id = node?.inherits === true ? node.parent : undefined;
  }
  return ids;
}
