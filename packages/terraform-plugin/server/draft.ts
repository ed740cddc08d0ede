/** The plan before a handler sees it: configuration, defaults, prior values, and UNKNOWN for what is not decided. */
import type { Attribute, Attributes } from "../schema/attributes";
import { sameValue } from "../schema/equal";
import { isListValue, isObjectValue, nestedIn } from "../schema/kinds";
import { UNKNOWN, type ObjectValue, type Value } from "../schema/value";

/**
 * Merges configuration and prior state. With `changed` false a computed value is the prior one, which is how a change is found out;
 * with `changed` true only `useStateForUnknown` values stay and the others are UNKNOWN.
 */
export function draftOf(attributes: Attributes, config: ObjectValue, prior: ObjectValue | null, changed: boolean): Record<string, Value> {
  const draft: Record<string, Value> = {};
  for (const name in attributes) {
    const attribute = attributes[name];
    if (attribute !== undefined)
      draft[name] = draftValue(attribute, config[name] ?? null, prior === null ? undefined : (prior[name] ?? null), changed);
  }
  return draft;
}

/** `before` is undefined where there was nothing before. */
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
  const nested = nestedIn(attribute.type);
  if (!nested || configured === null || configured === UNKNOWN) return configured;
  const part = (element: Value, earlier: Value | undefined) =>
    isObjectValue(element) ? draftOf(nested.attributes, element, isObjectValue(earlier) ? earlier : null, changed) : element;
  if (!isListValue(configured)) return part(configured, before);
  return configured.map((element, index) => part(element, isListValue(before) ? before[index] : undefined));
}

/** Whether a handler may decide the value: the remote system's, or one that the user left open. */
export function isOpen(attribute: Attribute, configured: Value): boolean {
  return (
    attribute.presence === "computed" ||
    (configured === null && (attribute.presence === "optionalComputed" || attribute.presence === "defaulted"))
  );
}

/**
 * Paths of `requiresReplace` attributes whose value changes. An undecided value counts as a change, as it does for the engine. A required
 * attribute that the state does not have (after an import, where it cannot be read) is recorded in place, and so is another spelling
 * of a `caseInsensitive` one.
 */
export function replacedPaths(attributes: Attributes, prior: ObjectValue, planned: ObjectValue): readonly (readonly (string | number)[])[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const before = prior[name] ?? null;
    const after = planned[name] ?? null;
    if (sameValue(attribute.type, before, after)) return [];
    if (attribute.requiresReplace === true) {
      const unread = before === null && attribute.presence === "required";
      return unread || (attribute.caseInsensitive === true && sameButForCase(before, after)) ? [] : [[name]];
    }
    const nested = nestedIn(attribute.type);
    if (!nested) return [];
    if (isObjectValue(before) && isObjectValue(after))
      return replacedPaths(nested.attributes, before, after).map((path) => [name, ...path]);
    if (!isListValue(before) || !isListValue(after)) return [];
    return after.flatMap((element, index) => {
      const earlier = before[index];
      if (!isObjectValue(element) || !isObjectValue(earlier)) return [];
      return replacedPaths(nested.attributes, earlier, element).map((path) => [name, index, ...path]);
    });
  });
}

function sameButForCase(before: Value, after: Value): boolean {
  return typeof before === "string" && typeof after === "string" && before.toLowerCase() === after.toLowerCase();
}
