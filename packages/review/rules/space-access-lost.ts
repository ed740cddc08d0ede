/** Stacks and modules lose an integration, because it, their Space, or a Space between the two moves, stops inheriting or is deleted. */
import type { Finding } from "../finding";
import type { PlannedResource } from "../plan/plan-model";
import { referredId, spaceIdOf } from "../plan/space-tree";
import { textOf } from "../plan/values";
import { isDefault, isDeleted, isReplaced, nameOf } from "./changes";
import type { Concerned } from "./consumers";
import type { RuleContext } from "./context";
import { consumersText, finding, quoted, severityFor, verb } from "./finding-of";
import { losingConsumers, losingSpaces } from "./losing-consumers";

const SPACE_ATTRIBUTES = ["parent_space_id", "inherit_entities"];

export function* spaceAccessLost(context: RuleContext): Iterable<Finding> {
  for (const change of context.changes) {
    const { resource, action, changed } = change;
    if (resource.kind === "space" && isDeleted(change)) yield* inDeletedSpace(context, change);
    if (action !== "update" && !isReplaced(change)) continue;
    if (resource.kind === "integration" && changed.has("space_id") && !isDefault(change, "before") && !isDefault(change, "after"))
      yield* lossesOf(context, change, [change]);
    if (resource.kind === "space" && action === "update" && SPACE_ATTRIBUTES.some((name) => changed.has(name)))
      yield* lossesOf(context, change, context.integrations.filter(isKept));
  }
}

/** A deleted or replaced integration has a finding of its own, and a default one is available everywhere. */
function isKept(integration: PlannedResource): boolean {
  return (integration.action === "none" || integration.action === "update") && !isDefault(integration, "before");
}

function* lossesOf(context: RuleContext, change: PlannedResource, integrations: readonly PlannedResource[]): Iterable<Finding> {
  const candidates = candidateSpaces(context, change);
  const spaces = new Set(integrations.flatMap((integration) => losingSpaces(context, candidates, integration)));
  const concerned = concernedBy(context, change);
  const who = consumersText(concerned);
  if (who === undefined && spaces.size === 0 && concerned.isKnown) return;
  const paths = [...spaces].map((id) => context.spaces.before.path(id)).sort();
  yield finding("space-access-lost", context.subjectOf(change), {
    severity: severityFor(concerned, "notice"),
    what: `${what(context, change)}${who === undefined ? "" : `, and ${who} can no longer use ${lostThing(change, concerned)}`}.`,
    affected: { ...concerned, spaces: [...new Set([...concerned.spaces, ...paths])].sort() },
    todo:
      concerned.isKnown && who === undefined
        ? undefined
        : "First attach the stacks and modules to an integration that they can still use afterward. Spacelift rejects the change while they use this one.",
    details: paths.length === 0 ? [] : [`Spaces that lose access: ${paths.join(", ")}.`],
  });
}

/** Spacelift deletes only Spaces that are empty. */
function* inDeletedSpace({ consumers, subjectOf }: RuleContext, change: PlannedResource): Iterable<Finding> {
  const id = textOf(change.before, "id");
  const concerned = consumers.known((consumers.all ?? []).filter(({ spaceId }) => spaceId !== null && spaceId === id));
  const who = consumersText(concerned);
  if (who === undefined) return;
  yield finding("space-access-lost", subjectOf(change), {
    severity: "danger",
    what: `The Space ${quoted(nameOf(change))} is deleted, and ${who} ${verb(concerned, "is", "are")} still in it.`,
    affected: concerned,
    todo: "First move the stacks and modules to a Space that can use their integration. Spacelift rejects the delete of a Space that is not empty.",
  });
}

function lostThing({ resource }: PlannedResource, concerned: Concerned): string {
  return resource.kind === "space" ? verb(concerned, "its integration", "their integration") : "it";
}

function what({ spaces, planOf }: RuleContext, change: PlannedResource): string {
  const name = quoted(nameOf(change));
  const attribute = change.resource.kind === "integration" ? "space_id" : "parent_space_id";
  const target = referredId(change, attribute, planOf(change));
  const place = target === undefined ? "a Space that is known after apply" : spaces.after.path(target);
  if (change.resource.kind === "integration")
    return `The integration ${name} ${isReplaced(change) ? "is made again in" : "moves to"} ${place}`;
  const moves = change.changed.has("parent_space_id") ? `moves below ${place}` : undefined;
  const inherits = change.changed.has("inherit_entities") && change.after?.["inherit_entities"] !== true ? "stops inheriting" : undefined;
  return `The Space ${name} ${[moves, inherits].filter((phrase) => phrase !== undefined).join(" and ") || "starts inheriting"}`;
}

/** The Spaces that the change can concern: for a Space, it and those in it. */
function candidateSpaces({ spaces }: RuleContext, change: PlannedResource): readonly string[] {
  const ids = spaces.before.nodes.map(({ id }) => id);
  return change.resource.kind === "space" ? ids.filter((id) => spaces.before.isWithin(id, spaceIdOf(change))) : ids;
}

function concernedBy(context: RuleContext, change: PlannedResource): Concerned {
  const { consumers } = context;
  if (consumers.all === undefined) {
    if (change.resource.backing === "bitlift") return consumers.losingByMessages(change);
    const ofPlans = losingConsumers(context, consumers.planned, change);
    return consumers.ofPlans([...ofPlans.losing, ...ofPlans.unsure]);
  }
  const { losing, unsure } = losingConsumers(context, consumers.all, change);
  const known = consumers.known([...losing, ...unsure]);
  if (unsure.length === 0) return known;
  const names = unsure.map(({ name }) => quoted(name)).join(", ");
  const caveat = `It is not known in which Space the integration of ${names} is, so access may also stay.`;
  return { ...known, caveat: known.caveat === undefined ? caveat : `${caveat} ${known.caveat}` };
}
