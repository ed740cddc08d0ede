// Reading the bodies of control requests: what is wrong is said with what would be right.
import type { SandboxRequest } from "./service";

export type Fields = Readonly<Record<string, unknown>>;

/** Refuses unknown fields, so that a misspelt one is not silently left out. */
export function parseFields(request: SandboxRequest, known: readonly string[]): Fields {
  const body = request.json();
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw new Error("Send a JSON object.");
  const unknown = Object.keys(body).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`There is no field "${unknown}". The fields are: ${known.join(", ")}.`);
  // An object with any keys, as JSON has them.
  return body as Fields;
}

export function requireText(body: Fields, name: string): string {
  const value = optionalText(body, name);
  if (value === undefined) throw new Error(`Send "${name}", a text.`);
  return value;
}

export function optionalText(body: Fields, name: string): string | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (typeof value !== "string" || value === "") throw new Error(`"${name}" is a text that is not empty.`);
  return value;
}

export function requireOneOf<Word extends string>(body: Fields, name: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === body[name]);
  if (found === undefined) throw new Error(`"${name}" is one of: ${words.join(", ")}.`);
  return found;
}

/** Undefined when it is not given. */
export function optionalWholeNumber(body: Fields, name: string): number | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value)) throw new Error(`"${name}" is a whole number.`);
  return value;
}

/** Undefined when it is not given. */
export function optionalCommit(body: Fields): string | undefined {
  const value = optionalText(body, "commit");
  if (value !== undefined && !/^[0-9a-f]{40}$/.test(value)) throw new Error('"commit" has 40 hex digits, in lower case.');
  return value;
}
