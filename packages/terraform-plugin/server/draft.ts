/** The plan before the handler runs: configuration, defaults, prior values, and UNKNOWN for values known after apply. */
import { nestedAttributes } from "../schema/attribute-types";
import type { Attribute, Attributes } from "../schema/attributes";
import { sameValue } from "../schema/equal";
import { isListValue, isObjectValue, UNKNOWN, type ObjectValue, type Value } from "../schema/value";

/**
 * Merges configuration and prior state. If `changed` is false, computed attributes have their prior values, which shows whether anything else
 * changes. If it is true, only `useStateForUnknown` attributes do, and other computed attributes are UNKNOWN.
 */
export function buildDraft(
  attributes: Attributes,
  config: ObjectValue,
  prior: ObjectValue | null,
  changed: boolean,
): Record<string, Value> {
  const draft: Record<string, Value> = {};
  for (const name in attributes) {
    const attribute = attributes[name];
    const before = prior === null ? undefined : (prior[name] ?? null);
    if (attribute !== undefined) draft[name] = draftValue(attribute, config[name] ?? null, before, changed);
  }
  return draft;
}

/** `before` is undefined if the object, or this element of a list, did not exist. */
function draftValue(attribute: Attribute, configured: Value, before: Value | undefined, changed: boolean): Value {
  switch (attribute.presence) {
    case "writeOnly":
      return null;
    case "computed":
      return before === undefined || (changed && attribute.useStateForUnknown !== true) ? UNKNOWN : before;
    case "optionalComputed":
      if (configured === null) return before === undefined ? UNKNOWN : before;
      break;
    case "defaulted":
      if (configured === null) return attribute.default as Value;
      break;
    case "required":
    case "optional":
      break;
  }
  const nested = nestedAttributes(attribute.type);
  if (nested === undefined || configured === null || configured === UNKNOWN) return configured;
  if (!isListValue(configured)) return nestedDraft(nested, configured, before, changed);
  return configured.map((element, index) => nestedDraft(nested, element, isListValue(before) ? before[index] : undefined, changed));
}

function nestedDraft(attributes: Attributes, configured: Value, before: Value | undefined, changed: boolean): Value {
  return isObjectValue(configured) ? buildDraft(attributes, configured, isObjectValue(before) ? before : null, changed) : configured;
}

/** Whether a plan handler may set the attribute: it is computed, or the user left it unset and it has a default or is `optionalComputed`. */
export function isSetByProvider(attribute: Attribute, configured: Value): boolean {
  return (
    attribute.presence === "computed" ||
    (configured === null && (attribute.presence === "optionalComputed" || attribute.presence === "defaulted"))
  );
}

/**
 * Paths of `requiresReplace` attributes whose value changes. An unknown value counts as a change, as it does for the engine. Two changes are
 * recorded in place: a required attribute that is null in the state, because import could not read it, and a change of case alone of a
 * `caseInsensitive` attribute.
 */
export function pathsRequiringReplace(
  attributes: Attributes,
  prior: ObjectValue,
  planned: ObjectValue,
): readonly (readonly (string | number)[])[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const before = prior[name] ?? null;
    const after = planned[name] ?? null;
    if (sameValue(attribute.type, before, after)) return [];
    if (attribute.requiresReplace === true) return isRecordedInPlace(attribute, before, after) ? [] : [[name]];
    const nested = nestedAttributes(attribute.type);
    return nested === undefined ? [] : nestedPaths(nested, before, after).map((path) => [name, ...path]);
  });
}

function nestedPaths(attributes: Attributes, before: Value, after: Value): readonly (readonly (string | number)[])[] {
  if (isObjectValue(before) && isObjectValue(after)) return pathsRequiringReplace(attributes, before, after);
  if (!isListValue(before) || !isListValue(after)) return [];
  return after.flatMap((element, index) => {
    const earlier = before[index];
    if (!isObjectValue(element) || !isObjectValue(earlier)) return [];
    return pathsRequiringReplace(attributes, earlier, element).map((path) => [index, ...path]);
  });
}

function isRecordedInPlace(attribute: Attribute, before: Value, after: Value): boolean {
  if (before === null && attribute.presence === "required") return true;
  if (attribute.caseInsensitive !== true || typeof before !== "string" || typeof after !== "string") return false;
  return before.toLowerCase() === after.toLowerCase();
}
