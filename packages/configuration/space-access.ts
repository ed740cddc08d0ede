/** Which Spaces may use what belongs to a Space, by nesting and inheritance. */
import type { Configuration, SpaceReference } from "./configuration";

type Spaces = Pick<Configuration, "spaces">;

/** Keys from root to the Space. */
export function spacePath(key: SpaceReference, { spaces }: Spaces): readonly string[] {
  const path: string[] = [];
  for (let next = key; next !== "root" && !path.includes(next); next = parentOf(next, spaces)) path.unshift(next);
  return ["root", ...path];
}

/** The Space itself, and the Spaces in it that inherit, at any depth. A Space that does not inherit also stops those in it. */
export function spacesThatMayUse(key: SpaceReference, { spaces }: Spaces): readonly string[] {
  const children = [...spaces.values()].filter((space) => parentOf(space.key, spaces) === key && space.inherit);
  return [key, ...children.flatMap((child) => spacesThatMayUse(child.key, { spaces }))];
}

function parentOf(key: string, spaces: Configuration["spaces"]): SpaceReference {
  const space = spaces.get(key);
  if (space === undefined) return "root";
  return space.existing !== undefined && "name" in space.existing ? space.existing.parent : space.parent;
}
