/** Finds the texts in a value that must not be repeated, and takes them out of a message. */
import type { Attributes } from "./attributes";
import { isListValue, isObjectValue, nestedIn } from "./kinds";
import type { Value } from "./value";

/** Every text at a sensitive or write-only attribute. */
export function secretsIn(attributes: Attributes, value: Value): readonly string[] {
  if (!isObjectValue(value)) return [];
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const held = value[name] ?? null;
    if (attribute.sensitive === true || attribute.presence === "writeOnly") return texts(held);
    const nested = nestedIn(attribute.type);
    if (!nested) return [];
    const parts: readonly Value[] = isListValue(held) ? held : [held];
    return parts.flatMap((part) => secretsIn(nested.attributes, part));
  });
}

/** The message without any of the secrets. Longer ones go first, so that none is left over in part. */
export function redact(message: string, secrets: Iterable<string>): string {
  const longestFirst = [...new Set(secrets)].filter((secret) => secret !== "").sort((a, b) => b.length - a.length);
  return longestFirst.reduce((text, secret) => text.replaceAll(secret, "(hidden)"), message);
}

function texts(value: Value): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (isListValue(value)) return value.flatMap(texts);
  return isObjectValue(value) ? Object.values(value).flatMap(texts) : [];
}
