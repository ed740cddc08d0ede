/** Who may use an integration: Spacelift's inheritance rule, as far as it can be told at synthesis. */
import { Space, type ISpace } from "../space";

/** `unknown`: an imported Space or integration is involved, and Spacelift decides. */
export type Availability = "yes" | "no" | "unknown";

/**
 * A Space-level integration serves its own Space, and every Space below it where each Space on the way inherits.
 * @param home The Space of the integration; undefined where it is not known.
 * @param user The Space of the stack or module.
 */
export function availability(home: ISpace | undefined, user: ISpace): Availability {
  if (home === undefined) return "unknown";
  const otherwise = isImported(home) ? "unknown" : "no";
  const visited = new Set<ISpace>();
  let current = user;
  while (!isSame(current, home)) {
    if (isImported(current)) return "unknown";
    if (visited.has(current) || current.inheritsEntities !== true || current.parentSpace === undefined) return otherwise;
    visited.add(current);
    current = current.parentSpace;
  }
  return "yes";
}

/** Equality of declared Spaces is identity; imported ones are equal by id. */
export function isSame(one: ISpace, other: ISpace): boolean {
  return one === other || one.spaceId === other.spaceId;
}

/** A Space of which only the id is known. */
function isImported(space: ISpace): boolean {
  return space !== Space.ROOT && space.inheritsEntities === undefined;
}
