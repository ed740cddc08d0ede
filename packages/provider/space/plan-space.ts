/** Plans a Space: whether its parent exists, whether its name is free, and who loses access because of the change. */
import { problem, ROOT_SPACE_ID } from "../../domain";
import { UNKNOWN } from "../../terraform-plugin";
import type { PlanContext } from "../resource-handlers";
import { warnOfLostAccess, type AccessChange } from "./lost-access";
import { reportKeptName, reportNamesakes } from "./namesakes";
import type { SpaceViews } from "./space-attributes";
import { withoutFailing } from "./space-lookup";
import { spaceNotFound } from "./space-not-found";
import { ancestorIds, treeOf } from "./space-tree";

type SpacePlanContext = PlanContext<SpaceViews>;

export async function planSpace(context: SpacePlanContext): Promise<void> {
  const { draft, prior, changed, api, report } = context;
  if (prior?.id != null) api.knownSpaces.managed.add(prior.id);
  await checkParent(context);
  if (prior === null) {
    await reportNamesakes(context);
    return;
  }
  reportKeptName(context);
  // During an apply, the change itself is explained if Spacelift rejects it.
  const change = changed && !context.applying ? accessChange(prior, draft) : undefined;
  const lost = change && (await warnOfLostAccess(api, change));
  if (lost !== undefined) report.add(lost);
}

/** Undefined if nobody can lose access: a Space that does not inherit gives access only to what is in it. */
export function accessChange(
  prior: SpaceViews["stored"],
  { parent_space_id: parentSpaceId, inherit_entities: inheritEntities }: Pick<SpaceViews["draft"], "parent_space_id" | "inherit_entities">,
): AccessChange | undefined {
  const { id, name } = prior;
  const staysBelow = parentSpaceId === prior.parent_space_id;
  if (id === null || prior.inherit_entities !== true || (staysBelow && inheritEntities === true)) return undefined;
  const argument = staysBelow ? "inherit_entities" : "parent_space_id";
  return { space: { id, name: name ?? id, parentSpaceId, inheritEntities, argument } };
}

async function checkParent(context: SpacePlanContext): Promise<void> {
  const { draft, prior, changed, api, report } = context;
  const parentId = draft.parent_space_id;
  if (!changed || parentId === UNKNOWN || parentId === prior?.parent_space_id || parentId === ROOT_SPACE_ID) return;
  const notFound = await withoutFailing(context, () => spaceNotFound(context, parentId, "parent_space_id"));
  if (notFound !== undefined) report.add(notFound);
  else if (prior?.id != null) {
    const spaces = await withoutFailing(context, () => api.spacelift.spaces.list());
    refuseCycle(prior.id, ancestorIds(treeOf(spaces ?? []), parentId));
  }
}

function refuseCycle(id: string, ancestors: readonly string[]): void {
  if (!ancestors.includes(id)) return;
  const path = ancestors.slice(0, ancestors.indexOf(id) + 1).reverse();
  throw problem("space-cycle", {
    why: `The parent "${path.at(-1) ?? id}" is inside the Space "${id}" itself: ${path.join(" > ")}.`,
    fix: "Choose a parent that is not inside this Space.",
    at: ["parent_space_id"],
  });
}
