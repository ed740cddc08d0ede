/** Reads JSON of unknown shape: every function gives a usable value or says that there is none. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** The value as an object; undefined for anything else, lists too. */
export function objectOf(value: unknown): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** The value as a list; undefined for anything else. */
export function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** The value as a text; null for anything else. */
export function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** The value as a boolean; null for anything else. */
export function booleanOf(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}

/** The texts of a list; empty for anything else. */
export function textsOf(value: unknown): readonly string[] {
  return (listOf(value) ?? []).filter((item): item is string => typeof item === "string");
}

/** Parses, without the mark that some servers put before the first byte; undefined where the text is not JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "")) as unknown;
  } catch {
    return undefined;
  }
}
