/** Removes the values that the plan marks as sensitive. Secrets of the environment are removed from the review: in a plan, that could hide a change. */

/** Stands in the place of a sensitive value. */
export const SENSITIVE = "(sensitive)";

/** Replaces values that the mask marks: `true`, or marks by name or index. Changes objects and lists in place, because plans may be huge. */
export function hideSensitive(value: unknown, mask: unknown): unknown {
  if (mask === true) return value === null || value === undefined ? value : SENSITIVE;
  if (typeof mask !== "object" || mask === null || typeof value !== "object" || value === null) return value;
  const values = value as Record<string, unknown>;
  for (const [key, inner] of Object.entries(mask)) if (Object.hasOwn(values, key)) values[key] = hideSensitive(values[key], inner);
  return value;
}
