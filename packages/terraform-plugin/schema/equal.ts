/** When two values of one kind are the same: sets without order, numbers by what they say. */
import type { Attributes, AttributeType } from "./attributes";
import { isListValue, isObjectValue, nestedIn } from "./kinds";
import { numberKey, sameNumber } from "./number";
import { ExactNumber, UNKNOWN, type ObjectValue, type Value } from "./value";

/** Undecided equals undecided only. */
export function sameValue(kind: AttributeType, left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left === null || right === null || left === UNKNOWN || right === UNKNOWN) return false;
  if (isNumeric(left) && isNumeric(right)) return sameNumber(left, right);
  if (typeof kind === "string") return false;
  const nested = nestedIn(kind);
  if (isListValue(left) && isListValue(right)) {
    if ("set" in kind) return sameSet(left, right);
    const element = (a: Value, b: Value) =>
      nested ? sameElement(nested.attributes, a, b) : sameValue("list" in kind ? kind.list : "string", a, b);
    return left.length === right.length && left.every((value, index) => element(value, right[index] ?? null));
  }
  if (!isObjectValue(left) || !isObjectValue(right)) return false;
  if (nested) return sameObject(nested.attributes, left, right);
  const keys = Object.keys(left);
  const of = "map" in kind ? kind.map : "string";
  return (
    keys.length === Object.keys(right).length && keys.every((key) => key in right && sameValue(of, left[key] ?? null, right[key] ?? null))
  );
}

/** Whether two objects agree in every declared attribute. Write-only attributes are null in both. */
export function sameObject(attributes: Attributes, left: ObjectValue, right: ObjectValue): boolean {
  for (const name in attributes) {
    const attribute = attributes[name];
    if (attribute !== undefined && !sameValue(attribute.type, left[name] ?? null, right[name] ?? null)) return false;
  }
  return true;
}

/** Equal for equal elements of a set, which are primitive. */
export function elementKey(element: Value): string {
  if (isNumeric(element)) return `n${numberKey(element)}`;
  return element === UNKNOWN ? "unknown" : JSON.stringify(element);
}

function sameSet(left: readonly Value[], right: readonly Value[]): boolean {
  const keys = new Set(left.map(elementKey));
  const others = new Set(right.map(elementKey));
  return keys.size === others.size && [...keys].every((key) => others.has(key));
}

function sameElement(attributes: Attributes, left: Value, right: Value): boolean {
  return left === right || (isObjectValue(left) && isObjectValue(right) && sameObject(attributes, left, right));
}

function isNumeric(value: Value): value is number | ExactNumber {
  return typeof value === "number" || value instanceof ExactNumber;
}
