/** Reads JSON of unknown shape: each function returns a value of the requested type, or undefined (null for texts and booleans). */

export type JsonObject = Readonly<Record<string, unknown>>;

/** Lists are not objects. */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

export function asList(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

export function asText(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

export function asBoolean(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}

/** The texts of a list; empty for anything else. */
export function asTexts(value: unknown): readonly string[] {
  return (asList(value) ?? []).filter((item): item is string => typeof item === "string");
}

/** Ignores a byte order mark, which some servers send. Undefined if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "")) as unknown;
  } catch {
    return undefined;
  }
}
