/** The Spaces as nested boxes, with the integrations and repositories in them, each with what happens to it. */
import { flagOf, textOf } from "./plan/values";
import type { PlannedResource } from "./plan/plan-model";
import { referredId, spaceIdOf, type SpaceNode } from "./plan/space-tree";
import type { Fate, PicturedIntegration, PicturedSpace } from "./review";
import { isRenamed, nameOf } from "./rules/changes";
import type { RuleContext } from "./rules/context";
import { productOf } from "./rules/webhooks";
import { ROOT_SPACE_ID } from "../domain";

const FATES: Readonly<Record<PlannedResource["action"], Fate>> = {
  none: "unchanged",
  create: "created",
  update: "updated",
  replace: "replaced",
  delete: "deleted",
  forget: "forgotten",
};

function fateOf(change: PlannedResource): Fate {
  return isRenamed(change) ? "renamed" : FATES[change.action];
}

/** Deleted objects are where they were; all others are where they will be. */
export function pictureOf(context: RuleContext): PicturedSpace {
  const { spaces, changes } = context;
  const managed = new Map<string, PlannedResource>();
  for (const change of changes) {
    if (change.resource.kind !== "space" || change.isDeposed) continue;
    managed.set(change.after === undefined ? (textOf(change.before, "id") ?? change.address) : spaceIdOf(change), change);
  }
  const nodes = new Map<string, SpaceNode>(
    [...spaces.before.nodes.filter(({ id }) => managed.has(id)), ...spaces.after.nodes].map((node) => [node.id, node]),
  );
  for (const id of foreignSpaces(context)) if (!nodes.has(id)) nodes.set(id, { id, name: id, parent: undefined, inherits: false });
  const children = new Map<string, SpaceNode[]>();
  for (const node of nodes.values()) {
    if (node.id === ROOT_SPACE_ID) continue;
    const parent = node.parent !== undefined && nodes.has(node.parent) && !isInCircle(node, nodes) ? node.parent : ROOT_SPACE_ID;
    addTo(children, parent, node);
  }
  const integrations = integrationsBySpace(context, nodes);
  const draw = ({ id, name }: SpaceNode): PicturedSpace => {
    const change = managed.get(id);
    return {
      id,
      name,
      fate: change === undefined ? "unchanged" : fateOf(change),
      isExisting: change === undefined,
      spaces: (children.get(id) ?? []).map(draw).sort(byName),
      integrations: integrations.get(id) ?? [],
    };
  };
  return draw({ id: ROOT_SPACE_ID, name: ROOT_SPACE_ID, parent: undefined, inherits: false });
}

/** Spaces that plans name, and that nothing says more about. */
function foreignSpaces({ spaces, integrations, planOf }: RuleContext): ReadonlySet<string> {
  const parents = spaces.after.nodes.map(({ parent }) => parent);
  const owners = integrations.map((change) =>
    change.after === undefined ? textOf(change.before, "space_id") : referredId(change, "space_id", planOf(change)),
  );
  return new Set([...parents, ...owners].filter((id) => id !== undefined));
}

function isInCircle(node: SpaceNode, nodes: ReadonlyMap<string, SpaceNode>): boolean {
  const seen = new Set<string>([node.id]);
  for (let next = node.parent; next !== undefined; next = nodes.get(next)?.parent) {
    if (seen.has(next)) return true;
    seen.add(next);
  }
  return false;
}

function integrationsBySpace(
  context: RuleContext,
  nodes: ReadonlyMap<string, SpaceNode>,
): ReadonlyMap<string, readonly PicturedIntegration[]> {
  const bySpace = new Map<string, PicturedIntegration[]>();
  for (const change of context.integrations) {
    if (change.isDeposed) continue;
    const wanted = change.after === undefined ? textOf(change.before, "space_id") : referredId(change, "space_id", context.planOf(change));
    const space = wanted !== undefined && nodes.has(wanted) ? wanted : ROOT_SPACE_ID;
    addTo(bySpace, space, picturedIntegration(context, change));
  }
  for (const list of bySpace.values()) list.sort(byName);
  return bySpace;
}

function picturedIntegration({ webhooks, consumers, subjectOf }: RuleContext, change: PlannedResource): PicturedIntegration {
  const all = [...new Set([...webhooks.before(change), ...webhooks.after(change)])];
  const concerned = change.action === "create" ? undefined : consumers.ofIntegration(change);
  const losesSource = change.action === "delete" || change.action === "replace";
  return {
    key: subjectOf(change).key,
    name: nameOf(change),
    product: productOf(change),
    isDefault: flagOf(change.after ?? change.before, "is_default") === true,
    fate: fateOf(change),
    repositories: all.map((webhook) => ({ name: webhook.label ?? webhook.address, fate: fateOf(webhook) })).sort(byName),
    consumers: concerned?.isKnown === true ? concerned.consumers.map(({ kind, name }) => ({ kind, name, losesSource })) : undefined,
  };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function addTo<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
