/** Whether a result keeps the promises of its plan. */
import type { Attributes, AttributeType } from "../schema/attributes";
import { elementKey, sameValue } from "../schema/equal";
import { isListValue, isObjectValue, nestedIn, whollyKnown } from "../schema/kinds";
import { UNKNOWN, type ObjectValue, type Value } from "../schema/value";

/** Names of the attributes whose known plan the result does not have. Where the plan is undecided, anything is right. */
export function brokenPromises(attributes: Attributes, planned: ObjectValue, result: ObjectValue): readonly string[] {
  return Object.entries(attributes).flatMap(([name, { type }]) => (keeps(type, planned[name] ?? null, result[name] ?? null) ? [] : [name]));
}

function keeps(kind: AttributeType, planned: Value, result: Value): boolean {
  if (planned === UNKNOWN) return true;
  if (whollyKnown(planned)) return sameValue(kind, planned, result);
  if (isListValue(planned) && isListValue(result)) return keepsList(kind, planned, result);
  if (!isObjectValue(planned) || !isObjectValue(result)) return false;
  const nested = nestedIn(kind);
  if (nested) return brokenPromises(nested.attributes, planned, result).length === 0;
  const element = typeof kind === "object" && "map" in kind ? kind.map : "string";
  const keys = Object.keys(planned);
  return (
    keys.length === Object.keys(result).length &&
    keys.every((key) => key in result && keeps(element, planned[key] ?? null, result[key] ?? null))
  );
}

function keepsList(kind: AttributeType, planned: readonly Value[], result: readonly Value[]): boolean {
  if (typeof kind === "object" && "set" in kind) {
    const got = new Set(result.map(elementKey));
    return result.length <= planned.length && planned.every((element) => element === UNKNOWN || got.has(elementKey(element)));
  }
  const nested = nestedIn(kind);
  const element: AttributeType = nested ? { object: nested.attributes } : typeof kind === "object" && "list" in kind ? kind.list : "string";
  return planned.length === result.length && planned.every((value, index) => keeps(element, value, result[index] ?? null));
}
