/** JSON whose numbers are never rounded: stored states hold integers beyond 2^53. */
import { numberFromText } from "./number";
import { ExactNumber } from "./value";

/** No attribute can be called this, so no stored object is mistaken for a marked number. */
const MARK = "\u0000number";
const SUSPICIOUS = /\d{16}|\d[.eE]/;
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Like JSON.parse; a number that a JavaScript number cannot hold exactly becomes an ExactNumber. Throws a SyntaxError. */
export function parseExactJson(text: string): unknown {
  if (!SUSPICIOUS.test(text)) return JSON.parse(text);
  let marked = false;
  const prepared = text.replace(TOKENS, (token) => {
    if (token.startsWith('"') || typeof numberFromText(token) === "number") return token;
    marked = true;
    return JSON.stringify({ [MARK]: token });
  });
  return marked ? JSON.parse(prepared, (_key, value: unknown) => unmark(value)) : JSON.parse(text);
}

function unmark(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !(MARK in value)) return value;
  return new ExactNumber(String(value[MARK]));
}
