/**
 * Texts of the file are data. CDKTF would resolve what looks like one of its tokens, the engine would evaluate what looks like a template, and
 * CDKTF's HCL would end a text at a quote, a backslash or a line that is `EOF`. So the constructs get each text with these characters replaced,
 * and the characters return, escaped for the language, when the stack is written.
 */

/** Stands for an opening brace that could start a token or a template. Unicode reserves these two for use inside a program. */
const BRACE = "\uFDD0";
/** With the digit after it, stands for a character of `ESCAPED`. */
const ESCAPE = "\uFDD1";

/** By digit. */
const ESCAPED = [BRACE, ESCAPE, '"', "\\", "\n", "\r"] as const;

/** What starts a template of the engine, or a token of CDKTF: `${`, `%{`, `#{`, `&{`; and the characters that have an escape. */
const SPECIAL = /(?<=[$%#&])\{|[\uFDD0\uFDD1"\\\n\r]/g;
const REPLACED = /\uFDD0|\uFDD1([0-5])/g;

/** A value with every text in it as constructs take it, including those in lists, maps and objects. */
export function asData<T>(value: T): T {
  // Every branch returns a value of the type that it received.
  return mapTexts(value, toConstructs) as T;
}

/** The text as it was written, for people and for paths. */
export function asWritten(text: string): string {
  return restored(text, (character) => character);
}

/** A value of a synthesized stack, as the engine reads it in JSON. */
export function asEngineReads(value: unknown): unknown {
  return mapTexts(value, (text) => asWritten(withEngineEscapes(text)));
}

/** The configuration of a synthesized stack, as the engine reads it in HCL. All texts in it are in double quotes. */
export function asHclReads(hcl: string): string {
  return restored(withEngineEscapes(hcl), (character) => HCL_ESCAPES[character] ?? character);
}

const HCL_ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r" };

function toConstructs(text: string): string {
  return text.replaceAll(SPECIAL, (found) => (found === "{" ? BRACE : `${ESCAPE}${ESCAPED.indexOf(found as never)}`));
}

/** The engine reads `$${` as the text `${`. */
function withEngineEscapes(text: string): string {
  return text.replaceAll(/([$%])\uFDD0/g, "$1$1\uFDD0");
}

function restored(text: string, escape: (character: string) => string): string {
  return text.replaceAll(REPLACED, (_found, digit: string | undefined) =>
    digit === undefined ? "{" : escape(ESCAPED[Number(digit)] ?? ""),
  );
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (value instanceof Map) return new Map(Array.from(value, ([key, item]) => [mapTexts(key, change), mapTexts(item, change)]));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), mapTexts(item, change)]));
}
