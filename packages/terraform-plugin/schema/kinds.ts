/** Questions about kinds that more than one step of a plan asks. */
import type { Attribute, Attributes, Blocks, AttributeType } from "./attributes";
import { ExactNumber, UNKNOWN, type ObjectValue, type Value } from "./value";

/** The attributes inside a kind, and whether it is a list of such objects; undefined for kinds without attributes. */
export function nestedIn(kind: AttributeType): { readonly attributes: Attributes; readonly many: boolean } | undefined {
  if (typeof kind === "string") return undefined;
  if ("object" in kind) return { attributes: kind.object, many: false };
  if ("objects" in kind) return { attributes: kind.objects, many: true };
  return undefined;
}

/** Blocks stand beside attributes in a value, as nested objects that may be null. */
export function withBlocks(attributes: Attributes, blocks: Blocks): Attributes {
  const nested = Object.entries(blocks).map(([name, block]): [string, Attribute] => [
    name,
    { presence: "optional", type: { object: block.attributes }, description: block.description },
  ]);
  return { ...attributes, ...Object.fromEntries(nested) };
}

/** True for an object value; false for null, UNKNOWN, numbers and lists. */
export function isObjectValue(value: unknown): value is ObjectValue {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

/** True for a list or set value. */
export function isListValue(value: unknown): value is readonly Value[] {
  return Array.isArray(value);
}

/** True when nothing in the value is undecided. */
export function whollyKnown(value: Value): boolean {
  if (value === UNKNOWN) return false;
  if (isListValue(value)) return value.every(whollyKnown);
  return !isObjectValue(value) || Object.values(value).every(whollyKnown);
}
