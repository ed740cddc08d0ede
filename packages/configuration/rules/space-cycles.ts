/** Rule: no Space is its own ancestor. Nesting cannot form a circle, but the parent of an existing Space can name any Space. */
import { existingSpaceOf, type FileDraft, type SpaceEntryDraft } from "../draft";
import { fault, type Remark } from "../finding";
import { shown } from "../quoting";

export function* spaceCycles({ spaces }: FileDraft): Generator<Remark> {
  for (const space of spaces.values()) {
    const { value, key, parent } = space;
    const explicit = value.existing?.parent;
    if (value.existing === undefined || explicit === undefined) continue;
    const at = { holder: value.existing, key: "parent" };
    if (parent !== "root" && explicit !== parent) {
      yield fault(
        "value-not-allowed",
        at,
        `"existing.parent" of Space ${shown(key)} is ${shown(explicit)}, but the file nests it in ${shown(parent)}. Remove parent, or move the Space.`,
      );
      continue;
    }
    const circle = circleFrom(space, spaces);
    // Every member finds the circle. Only the first one by name reports it.
    if (circle === undefined || circle.toSorted()[0] !== key) continue;
    yield fault(
      "space-cycle",
      at,
      `Space ${shown(key)} would be its own ancestor: ${[...circle, key].join(" > ")}. Change one of the parents.`,
    );
  }
}

function circleFrom(start: SpaceEntryDraft, spaces: FileDraft["spaces"]): readonly string[] | undefined {
  const path = [start.key];
  for (let next = parentOf(start); next !== "root";) {
    if (next === start.key) return path;
    const space = spaces.get(next);
    if (space === undefined || path.includes(next)) return undefined;
    path.push(next);
    next = parentOf(space);
  }
  return undefined;
}

function parentOf(space: SpaceEntryDraft): string {
  const existing = existingSpaceOf(space);
  return existing !== undefined && "name" in existing ? existing.parent : space.parent;
}
