/** Spaces with the same name under the same parent. Spacelift allows them, but people and imports could not tell them apart. */
import { error, problem, ROOT_SPACE_ID, warning } from "../../domain";
import type { Cause, Problem } from "../../diagnostics";
import { UNKNOWN } from "../../terraform-plugin";
import type { Space, SpaceInput } from "../../clients";
import type { Clients } from "../configuration/clients";
import { importAdvice, MOVE_ADVICE } from "../existing-object";
import type { PlannedObject } from "../planned-names";
import type { PlanContext } from "../resource-handlers";
import { withoutFailing } from "./space-lookup";
import type { SpaceViews } from "./space-attributes";

type Location = Pick<SpaceInput, "name" | "parentSpaceId">;

/** Called for a create. Two creates of one plan cannot both succeed. A Space that exists already may be removed by another change, so it is a warning. */
export async function reportNamesakes(context: PlanContext<SpaceViews>): Promise<void> {
  const { draft, api, report, replacedPrivateState, applying } = context;
  const location = locationOf(draft);
  if (location === undefined) return;
  const [planned] = api.knownSpaces.planned.create(keyOf(location), location.name, replacedPrivateState);
  // During an apply, the create itself looks up the name. An error from a plan would leave the old object of a replacement deposed.
  if (applying) return;
  if (planned !== undefined) {
    report.add((planned.id === null ? error : warning)("duplicate-space-name", plannedTwice(location, planned)));
    return;
  }
  const existing = await withoutFailing(context, () => findNamesake(api, location));
  if (existing !== undefined && !(await api.knownSpaces.managed.has(existing.id)))
    report.add(warning("duplicate-space-name", nameTaken(location, existing.id)));
}

/** Called if the plan leaves the Space in place. Warns of a create that came earlier and takes the name that the Space has, or gets. */
export function reportKeptName({ draft, prior, api, report, privateState, applying }: PlanContext<SpaceViews>): void {
  const location = locationOf(draft);
  if (location === undefined || prior?.id == null) return;
  const [created] = api.knownSpaces.planned.keep(keyOf(location), location.name, prior.id, privateState);
  if (created !== undefined && !applying)
    report.add(warning("duplicate-space-name", plannedTwice(location, { name: location.name, id: prior.id })));
}

/** Called right before a create. @throws Problem `duplicate-space-name` */
export async function requireFreeName(api: Clients, input: SpaceInput): Promise<void> {
  const existing = await findNamesake(api, input, { fresh: true });
  if (existing !== undefined) throw duplicateName(input, existing.id);
}

export async function findNamesake(
  api: Clients,
  { name, parentSpaceId }: Location,
  options?: { readonly fresh: boolean },
): Promise<Space | undefined> {
  const spaces = await api.spacelift.spaces.list(options);
  return spaces.find((space) => space.name === name && (space.parentSpaceId ?? ROOT_SPACE_ID) === parentSpaceId);
}

/** Undefined while the name or the parent is unknown. */
function locationOf({ name, parent_space_id: parentSpaceId }: SpaceViews["draft"]): Location | undefined {
  return name === UNKNOWN || parentSpaceId === UNKNOWN ? undefined : { name, parentSpaceId };
}

function keyOf({ name, parentSpaceId }: Location): string {
  return JSON.stringify([parentSpaceId, name]);
}

function duplicateName(location: Location, existingId: string): Problem {
  return problem("duplicate-space-name", nameTaken(location, existingId));
}

function nameTaken({ name, parentSpaceId }: Location, existingId: string): Cause {
  return {
    why: `The Space "${parentSpaceId}" already contains a Space named "${name}" (${existingId}). Spacelift would allow a second Space with the same name, but Bitlift does not create one.`,
    fix:
      `${importAdvice("the existing Space", existingId)} If it is in this state under another address, ${MOVE_ADVICE}. ` +
      "Otherwise, choose another name.",
    at: ["name"],
  };
}

function plannedTwice({ name, parentSpaceId }: Location, { id }: PlannedObject): Cause {
  return {
    why:
      id === null
        ? `This plan creates two Spaces named "${name}" in the Space "${parentSpaceId}".`
        : `This plan creates a Space named "${name}" in the Space "${parentSpaceId}", where "${id}" has that name too.`,
    fix: "Give one of the two another name or another parent, or remove one of them.",
    at: ["name"],
  };
}
