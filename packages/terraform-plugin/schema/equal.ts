/** Compares two values of one type. Sets ignore order, and numbers compare by value. */
import type { AttributeType } from "./attribute-types";
import type { Attributes } from "./attributes";
import { numberKey, sameNumber } from "./number";
import { isListValue, isNumberValue, isObjectValue, UNKNOWN, type ObjectValue, type Value } from "./value";

/** Whether the values are equal. Unknown equals only unknown. */
export function sameValue(type: AttributeType, left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left === null || right === null || left === UNKNOWN || right === UNKNOWN) return false;
  switch (type.shape) {
    case "string":
    case "boolean":
      return false;
    case "number":
      return isNumberValue(left) && isNumberValue(right) && sameNumber(left, right);
    case "set":
      return isListValue(left) && isListValue(right) && sameSet(left, right);
    case "list":
    case "objects":
      return isListValue(left) && isListValue(right) && sameList(type.element, left, right);
    case "map":
      return isObjectValue(left) && isObjectValue(right) && sameMap(type.element, left, right);
    case "object":
      return isObjectValue(left) && isObjectValue(right) && sameObject(type.attributes, left, right);
  }
}

/** Whether two objects agree in every declared attribute. Write-only attributes are null in both. */
export function sameObject(attributes: Attributes, left: ObjectValue, right: ObjectValue): boolean {
  for (const name in attributes) {
    const attribute = attributes[name];
    if (attribute !== undefined && !sameValue(attribute.type, left[name] ?? null, right[name] ?? null)) return false;
  }
  return true;
}

/** Returns the same key for equal elements of a set. Elements are primitive values. */
export function elementKey(element: Value): string {
  if (isNumberValue(element)) return `n${numberKey(element)}`;
  return element === UNKNOWN ? "unknown" : JSON.stringify(element);
}

function sameList(element: AttributeType, left: readonly Value[], right: readonly Value[]): boolean {
  return left.length === right.length && left.every((value, index) => sameValue(element, value, right[index] ?? null));
}

function sameSet(left: readonly Value[], right: readonly Value[]): boolean {
  const leftKeys = new Set(left.map(elementKey));
  const rightKeys = new Set(right.map(elementKey));
  return leftKeys.size === rightKeys.size && [...leftKeys].every((key) => rightKeys.has(key));
}

function sameMap(element: AttributeType, left: ObjectValue, right: ObjectValue): boolean {
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => key in right && sameValue(element, left[key] ?? null, right[key] ?? null))
  );
}
