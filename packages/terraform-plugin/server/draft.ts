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
    const priorValue = prior === null ? undefined : (prior[name] ?? null);
    if (attribute !== undefined) draft[name] = draftValue(attribute, config[name] ?? null, priorValue, changed);
  }
  return draft;
}

/** `priorValue` is undefined if the object, or this element of a list, did not exist. */
function draftValue(attribute: Attribute, configValue: Value, priorValue: Value | undefined, changed: boolean): Value {
  switch (attribute.presence) {
    case "writeOnly":
      return null;
    case "computed":
      return priorValue === undefined || (changed && attribute.useStateForUnknown !== true) ? UNKNOWN : priorValue;
    case "optionalComputed":
      if (configValue === null) return priorValue === undefined ? UNKNOWN : priorValue;
      break;
    case "defaulted":
      if (configValue === null) return attribute.default as Value;
      break;
    case "required":
    case "optional":
      break;
  }
  const nested = nestedAttributes(attribute.type);
  if (nested === undefined || configValue === null || configValue === UNKNOWN) return configValue;
  if (!isListValue(configValue)) return nestedDraft(nested, configValue, priorValue, changed);
  return configValue.map((element, index) =>
    nestedDraft(nested, element, isListValue(priorValue) ? priorValue[index] : undefined, changed),
  );
}

function nestedDraft(attributes: Attributes, configValue: Value, priorValue: Value | undefined, changed: boolean): Value {
  return isObjectValue(configValue)
    ? buildDraft(attributes, configValue, isObjectValue(priorValue) ? priorValue : null, changed)
    : configValue;
}

/** Whether a plan handler may set the attribute: it is computed, or the user left it unset and it has a default or is `optionalComputed`. */
export function isSetByProvider(attribute: Attribute, configValue: Value): boolean {
  return (
    attribute.presence === "computed" ||
    (configValue === null && (attribute.presence === "optionalComputed" || attribute.presence === "defaulted"))
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
    const priorValue = prior[name] ?? null;
    const plannedValue = planned[name] ?? null;
    if (sameValue(attribute.type, priorValue, plannedValue)) return [];
    if (attribute.requiresReplace === true) return isRecordedInPlace(attribute, priorValue, plannedValue) ? [] : [[name]];
    const nested = nestedAttributes(attribute.type);
    return nested === undefined ? [] : nestedPaths(nested, priorValue, plannedValue).map((path) => [name, ...path]);
  });
}

function nestedPaths(attributes: Attributes, priorValue: Value, plannedValue: Value): readonly (readonly (string | number)[])[] {
  if (isObjectValue(priorValue) && isObjectValue(plannedValue)) return pathsRequiringReplace(attributes, priorValue, plannedValue);
  if (!isListValue(priorValue) || !isListValue(plannedValue)) return [];
  return plannedValue.flatMap((element, index) => {
    const priorElement = priorValue[index];
    if (!isObjectValue(element) || !isObjectValue(priorElement)) return [];
    return pathsRequiringReplace(attributes, priorElement, element).map((path) => [index, ...path]);
  });
}

function isRecordedInPlace(attribute: Attribute, priorValue: Value, plannedValue: Value): boolean {
  if (priorValue === null && attribute.presence === "required") return true;
  if (attribute.caseInsensitive !== true || typeof priorValue !== "string" || typeof plannedValue !== "string") return false;
  return priorValue.toLowerCase() === plannedValue.toLowerCase();
}
