/** Parses JSON without rounding numbers: states may contain integers beyond 2^53. */
import { numberFromText } from "./number";
import { ExactNumber } from "./value";

/** Key that marks a number kept as text. Attribute names cannot contain it, so no stored object is mistaken for a marked number. */
const MARK = "\u0000number";
/** Every number that a JavaScript number cannot represent exactly matches; some others match too. */
const MAYBE_INEXACT = /\d{16}|\d[.eE]/;
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Like JSON.parse, but a number that a JavaScript number cannot represent exactly becomes an ExactNumber. Throws a SyntaxError. */
export function parseExactJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // Most states contain no number, but texts with digits, such as UUIDs.
  return containsNumber(value) && MAYBE_INEXACT.test(text) ? parseMarked(text) : value;
}

/** Without recursion: the text may be nested more deeply than the stack allows. */
function containsNumber(value: unknown): boolean {
  const parts = [value];
  for (const part of parts) {
    if (typeof part === "number") return true;
    if (typeof part !== "object" || part === null) continue;
    for (const key in part) parts.push((part as Readonly<Record<string, unknown>>)[key]);
  }
  return false;
}

function parseMarked(text: string): unknown {
  const prepared = text.replace(TOKENS, (token) => {
    if (token.startsWith('"') || typeof numberFromText(token) === "number") return token;
    return JSON.stringify({ [MARK]: token });
  });
  return prepared === text ? JSON.parse(text) : JSON.parse(prepared, (_key, value: unknown) => unmarkNumber(value));
}

function unmarkNumber(value: unknown): unknown {
  const text = typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[MARK] : undefined;
  return typeof text === "string" ? new ExactNumber(text) : value;
}
