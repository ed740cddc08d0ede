/** The Spaces of a checked file. */
import type { SpaceEntry } from "../configuration";
import { existingSpaceOf, type SpaceEntryDraft } from "../draft";
import { given, type Locate } from "./located";

export function spaceFrom(entry: SpaceEntryDraft, locate: Locate): SpaceEntry {
  const { key, value, at, parent } = entry;
  return {
    key,
    place: locate(at),
    parent,
    existing: existingSpaceOf(entry),
    name: value.name ?? "",
    inherit: value.inherit ?? false,
    description: value.description,
    labels: given(value.labels),
    previously: given(value.previously),
  };
}
