/** Stacks and modules lose an integration, because it, their Space, or a Space between the two moves or stops inheriting. */
import type { Finding } from "../finding";
import type { PlannedResource } from "../plan/plan-model";
import { referredId, spaceIdOf } from "../plan/space-tree";
import { textOf } from "../plan/values";
import { isDefault, nameOf } from "./changes";
import type { Concerned, KnownConsumer } from "./consumers";
import type { RuleContext } from "./context";
import { consumersText, finding, quoted, severityFor, verb } from "./finding-of";
import { productOf } from "./webhooks";

const SPACE_ATTRIBUTES = ["parent_space_id", "inherit_entities"];

export function* spaceAccessLost(context: RuleContext): Iterable<Finding> {
  for (const change of context.changes) {
    if (change.action !== "update") continue;
    if (change.resource.kind === "integration" && change.changed.has("space_id") && !isDefault(change, "before"))
      yield* lossesOf(context, change, [change]);
    if (change.resource.kind === "space" && SPACE_ATTRIBUTES.some((name) => change.changed.has(name))) {
      yield* lossesOf(
        context,
        change,
        context.integrations.filter((integration) => isKept(integration)),
      );
    }
  }
}

/** A deleted or replaced integration has a finding of its own, and a default one is available everywhere. */
function isKept(integration: PlannedResource): boolean {
  return (integration.action === "none" || integration.action === "update") && !isDefault(integration, "before");
}

function* lossesOf(context: RuleContext, change: PlannedResource, integrations: readonly PlannedResource[]): Iterable<Finding> {
  const candidates = candidateSpaces(context, change);
  const spaces = new Set(integrations.flatMap((integration) => losingSpaces(context, candidates, integration)));
  const concerned = concernedBy(context, change, integrations, spaces);
  const who = consumersText(concerned);
  if (who === undefined && spaces.size === 0 && concerned.isKnown) return;
  const name = quoted(nameOf(change));
  const paths = [...spaces].map((id) => context.spaces.before.path(id)).sort();
  yield finding("space-access-lost", context.subjectOf(change), {
    severity: severityFor(concerned, "notice"),
    what: `${what(context, change, name)}${who === undefined ? "" : `, and ${who} can no longer use ${change.resource.kind === "space" ? verb(concerned, "its integration", "their integration") : "it"}`}.`,
    affected: { ...concerned, spaces: [...new Set([...concerned.spaces, ...paths])].sort() },
    todo:
      concerned.isKnown && who === undefined
        ? undefined
        : "First attach the stacks and modules to an integration that they can still use afterward. Spacelift rejects the change while they use this one.",
    details: paths.length === 0 ? [] : [`Spaces that lose access: ${paths.join(", ")}.`],
  });
}

function what({ spaces, planOf }: RuleContext, change: PlannedResource, name: string): string {
  const attribute = change.resource.kind === "integration" ? "space_id" : "parent_space_id";
  const target = referredId(change, attribute, planOf(change));
  const place = target === undefined ? "a Space that is known after apply" : spaces.after.path(target);
  if (change.resource.kind === "integration") return `The integration ${name} moves to ${place}`;
  const moves = change.changed.has("parent_space_id") ? `moves below ${place}` : undefined;
  const inherits = change.changed.has("inherit_entities") && change.after?.["inherit_entities"] !== true ? "stops inheriting" : undefined;
  return `The Space ${name} ${[moves, inherits].filter((phrase) => phrase !== undefined).join(" and ") || "starts inheriting"}`;
}

/** The Spaces that the change can concern: for a Space, it and those in it. */
function candidateSpaces({ spaces }: RuleContext, change: PlannedResource): readonly string[] {
  const ids = spaces.before.nodes.map(({ id }) => id).filter((id) => spaces.after.get(id) !== undefined);
  return change.resource.kind === "space" ? ids.filter((id) => spaces.before.isWithin(id, spaceIdOf(change))) : ids;
}

/** Those that may use the integration before the plans and not after them. */
function losingSpaces({ spaces, planOf }: RuleContext, candidates: readonly string[], integration: PlannedResource): readonly string[] {
  const ownerBefore = textOf(integration.before, "space_id");
  const ownerAfter = referredId(integration, "space_id", planOf(integration));
  if (ownerBefore === undefined) return [];
  return candidates
    .filter((id) => spaces.before.canUse(id, ownerBefore) === true)
    .filter((id) => ownerAfter === undefined || spaces.after.canUse(id, ownerAfter) === false);
}

function concernedBy(
  context: RuleContext,
  change: PlannedResource,
  integrations: readonly PlannedResource[],
  spaces: ReadonlySet<string>,
): Concerned {
  const { consumers } = context;
  if (consumers.all === undefined) return consumers.losingByMessages(change);
  const byId = new Map(
    integrations.map((integration) => [`${productOf(integration)} ${textOf(integration.before, "id") ?? ""}`, integration]),
  );
  const isLosing = ({ product, integrationId, spaceId }: KnownConsumer) =>
    byId.has(`${product} ${integrationId}`) && spaceId !== null && spaces.has(spaceId);
  return consumers.known(consumers.all.filter(isLosing));
}
