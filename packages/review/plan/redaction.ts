/** Removes what nobody may read: values that the plan marks as sensitive, and values of the environment's secrets. */

/** Stands in the place of a sensitive value. */
export const SENSITIVE = "(sensitive)";

/** A secret this long does not occur in a text by chance. Shorter ones are replaced only where they are the whole value. */
const LONG_SECRET = 8;

type Redaction = (text: string) => string;

/** Replaces values that the mask marks: `true`, or marks by name or index. Changes objects and lists in place, because plans may be huge. */
export function hideSensitive(value: unknown, mask: unknown): unknown {
  if (mask === true) return value === null || value === undefined ? value : SENSITIVE;
  if (typeof mask !== "object" || mask === null || typeof value !== "object" || value === null) return value;
  const values = value as Record<string, unknown>;
  for (const [key, inner] of Object.entries(mask)) if (Object.hasOwn(values, key)) values[key] = hideSensitive(values[key], inner);
  return value;
}

/** @returns undefined if there is no secret */
export function redactionOf(secrets: readonly string[]): Redaction | undefined {
  const known = [...new Set(secrets)].filter((secret) => secret !== "").sort((a, b) => b.length - a.length);
  if (known.length === 0) return undefined;
  const whole = new Set(known);
  const long = known.filter(({ length }) => length >= LONG_SECRET);
  return (text) => {
    if (whole.has(text)) return SENSITIVE;
    return long.reduce((result, secret) => (result.includes(secret) ? result.replaceAll(secret, SENSITIVE) : result), text);
  };
}

/** Applies the redaction to every text in a value, keys included. Changes objects and lists in place. */
export function hideSecrets<T>(value: T, redaction: Redaction | undefined): T {
  if (redaction === undefined) return value;
  if (typeof value === "string") return redaction(value) as T;
  if (typeof value !== "object" || value === null) return value;
  const values = value as Record<string, unknown>;
  for (const key of Object.keys(values)) {
    const inner = hideSecrets(values[key], redaction);
    const name = Array.isArray(value) ? key : redaction(key);
    if (name !== key) Reflect.deleteProperty(values, key);
    values[name] = inner;
  }
  return value;
}
