/** What kinds of changes there are, in the words of the rules. */
import type { PlannedResource } from "../plan/plan-model";
import { flagOf, textOf } from "../plan/values";

/** Whether the change ends the object, without making it again at the same address. */
export function isDeleted({ action, isDeposed }: PlannedResource): boolean {
  return action === "delete" && !isDeposed;
}

export function isReplaced({ action }: PlannedResource): boolean {
  return action === "replace";
}

export function isRenamed(change: PlannedResource): boolean {
  return isReplaced(change) && nameBefore(change) !== nameAfter(change);
}

export function nameBefore({ before, address }: PlannedResource): string {
  return textOf(before, "name") ?? address;
}

export function nameAfter({ after, address }: PlannedResource): string {
  return textOf(after, "name") ?? address;
}

export function nameOf(change: PlannedResource): string {
  return change.after === undefined ? nameBefore(change) : nameAfter(change);
}

export function becomes(change: PlannedResource, name: string, value: boolean): boolean {
  return change.before !== undefined && flagOf(change.after, name) === value && flagOf(change.before, name) === !value;
}

/** Whether the providers of others manage the object, which protect nothing and warn about nobody. */
export function isPublished({ resource }: PlannedResource): boolean {
  return resource.backing === "published";
}

export function isDefault(change: PlannedResource, when: "before" | "after"): boolean {
  return flagOf(change[when], "is_default") === true;
}
