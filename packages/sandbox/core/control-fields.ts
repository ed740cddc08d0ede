// Reads the bodies of control requests. Every error says what would be valid.
import type { SandboxRequest } from "./service";

export type Fields = Readonly<Record<string, unknown>>;

/** Rejects unknown fields, so that a misspelled field is not silently ignored. */
export function parseFields(request: SandboxRequest, known: readonly string[]): Fields {
  const body = request.json();
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw new Error("Send a JSON object.");
  const unknown = Object.keys(body).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`Unknown field "${unknown}". Known fields: ${known.join(", ")}.`);
  // A JSON object can have any keys.
  return body as Fields;
}

export function requireText(body: Fields, name: string): string {
  const value = readOptionalText(body, name);
  if (value === undefined) throw new Error(`"${name}" is required. It must be a non-empty string.`);
  return value;
}

export function readOptionalText(body: Fields, name: string): string | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (typeof value !== "string" || value === "") throw new Error(`"${name}" must be a non-empty string.`);
  return value;
}

export function requireOneOf<Word extends string>(body: Fields, name: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === body[name]);
  if (found === undefined) throw new Error(`"${name}" must be one of: ${words.join(", ")}.`);
  return found;
}

export function requireWholeNumber(body: Fields, name: string): number {
  const value = readOptionalWholeNumber(body, name);
  if (value === undefined) throw new Error(`"${name}" is required. It must be a whole number.`);
  return value;
}

export function readOptionalWholeNumber(body: Fields, name: string): number | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value)) throw new Error(`"${name}" must be a whole number.`);
  return value;
}

export function readOptionalCommit(body: Fields): string | undefined {
  const value = readOptionalText(body, "commit");
  if (value !== undefined && !/^[0-9a-f]{40}$/.test(value)) throw new Error('"commit" must have 40 hex digits in lower case.');
  return value;
}
