/**
 * Texts of the file are data. CDKTF would resolve what looks like one of its tokens, and the engine would evaluate what looks like a template. So
 * the constructs get each text with its opening braces replaced, and the braces return, escaped for the engine, when the stack is written.
 */

/** Stands for an opening brace that could start a token or a template. Unicode reserves these two for use inside a program. */
const BRACE = "\uFDD0";
/** Before a digit, stands for one of the two characters itself. */
const ESCAPE = "\uFDD1";

/** What starts a template of the engine, or a token of CDKTF: `${`, `%{`, `#{`, `&{`. */
const OPENING = /(?<=[$%#&])\{|[\uFDD0\uFDD1]/g;
const REPLACED = /\uFDD0|\uFDD1[01]/g;

/** A value with every text in it as constructs take it, including those in lists, maps and objects. */
export function asData<T>(value: T): T {
  // Every branch returns a value of the type that it received.
  return mapTexts(value, toConstructs) as T;
}

/** The text as it was written, for people and for paths. */
export function asWritten(text: string): string {
  return text.replaceAll(REPLACED, (found) => ({ [BRACE]: "{", [`${ESCAPE}0`]: BRACE, [`${ESCAPE}1`]: ESCAPE })[found] ?? found);
}

/** A value of a synthesized stack, as the engine reads it. */
export function asEngineReads(value: unknown): unknown {
  return mapTexts(value, toEngine);
}

function toConstructs(text: string): string {
  return text.replaceAll(OPENING, (found) => (found === "{" ? BRACE : `${ESCAPE}${found === BRACE ? 0 : 1}`));
}

/** The engine reads `$${` as the text `${`. */
function toEngine(text: string): string {
  return text.includes(BRACE) || text.includes(ESCAPE) ? asWritten(text.replaceAll(/([$%])\uFDD0/g, "$1$1\uFDD0")) : text;
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (value instanceof Map) return new Map(Array.from(value, ([key, item]) => [mapTexts(key, change), mapTexts(item, change)]));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), mapTexts(item, change)]));
}
