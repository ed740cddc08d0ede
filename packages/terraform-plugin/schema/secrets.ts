/** Finds the secrets in a value, and removes them from a message. */
import { nestedAttributes } from "./attribute-types";
import type { Attributes } from "./attributes";
import { ExactNumber, isListValue, isObjectValue, type Value } from "./value";

/** Returns every string and number in a sensitive or write-only attribute. */
export function secretsIn(attributes: Attributes, value: Value): readonly string[] {
  if (!isObjectValue(value)) return [];
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const part = value[name] ?? null;
    if (attribute.sensitive === true || attribute.presence === "writeOnly") return textsIn(part);
    const nested = nestedAttributes(attribute.type);
    if (nested === undefined) return [];
    const objects: readonly Value[] = isListValue(part) ? part : [part];
    return objects.flatMap((object) => secretsIn(nested, object));
  });
}

/** Replaces each secret in the message with `(hidden)`. Longer secrets first, so that no part of one remains. */
export function redact(message: string, secrets: Iterable<string>): string {
  const longestFirst = [...new Set(secrets)].filter((secret) => secret !== "").sort((a, b) => b.length - a.length);
  return longestFirst.reduce((text, secret) => text.replaceAll(secret, "(hidden)"), message);
}

/** Every string and number in the value. */
export function textsIn(value: Value): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [`${value}`];
  if (value instanceof ExactNumber) return [value.text];
  if (isListValue(value)) return value.flatMap(textsIn);
  return isObjectValue(value) ? Object.values(value).flatMap(textsIn) : [];
}
