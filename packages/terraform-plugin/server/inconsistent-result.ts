/** Finds attributes whose value after apply differs from the plan. Engines report these as "Provider produced inconsistent result after apply". */
import type { AttributeType } from "../schema/attribute-types";
import type { Attributes } from "../schema/attributes";
import { elementKey, sameValue } from "../schema/equal";
import { isListValue, isObjectValue, isWhollyKnown, UNKNOWN, type ObjectValue, type Value } from "../schema/value";

/** Returns the names of attributes whose known planned value differs from the result. An unknown planned value allows any result. */
export function inconsistentAttributes(attributes: Attributes, planned: ObjectValue, result: ObjectValue): readonly string[] {
  return Object.entries(attributes).flatMap(([name, { type }]) =>
    isConsistent(type, planned[name] ?? null, result[name] ?? null) ? [] : [name],
  );
}

function isConsistent(type: AttributeType, planned: Value, result: Value): boolean {
  if (planned === UNKNOWN) return true;
  if (isWhollyKnown(planned)) return sameValue(type, planned, result);
  switch (type.shape) {
    case "string":
    case "number":
    case "boolean":
      return false;
    case "list":
    case "objects":
      return isListValue(planned) && isListValue(result) && isConsistentList(type.element, planned, result);
    case "set":
      return isListValue(planned) && isListValue(result) && isConsistentSet(planned, result);
    case "map":
      return isObjectValue(planned) && isObjectValue(result) && isConsistentMap(type.element, planned, result);
    case "object":
      return isObjectValue(planned) && isObjectValue(result) && inconsistentAttributes(type.attributes, planned, result).length === 0;
  }
}

function isConsistentList(element: AttributeType, planned: readonly Value[], result: readonly Value[]): boolean {
  return planned.length === result.length && planned.every((value, index) => isConsistent(element, value, result[index] ?? null));
}

/** Unknown elements may become equal to other elements, so the result may be smaller than the plan. */
function isConsistentSet(planned: readonly Value[], result: readonly Value[]): boolean {
  const resultKeys = new Set(result.map(elementKey));
  return result.length <= planned.length && planned.every((element) => element === UNKNOWN || resultKeys.has(elementKey(element)));
}

function isConsistentMap(element: AttributeType, planned: ObjectValue, result: ObjectValue): boolean {
  const keys = Object.keys(planned);
  return (
    keys.length === Object.keys(result).length &&
    keys.every((key) => key in result && isConsistent(element, planned[key] ?? null, result[key] ?? null))
  );
}
