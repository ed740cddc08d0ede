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
  if (!MAYBE_INEXACT.test(text)) return JSON.parse(text);
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
