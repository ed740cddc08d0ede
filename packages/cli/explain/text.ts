/** Prints the facts about a key as lines of a name and a value. */
import type { Paint } from "../terminal";

/** Lists have a line for each entry; objects in a list, one line each. Facts that are not known are left out. */
export function explanationText(facts: object, paint: Paint): string {
  const entries = Object.entries(facts).filter(([, value]) => value !== undefined && value !== null && !isEmptyList(value));
  const width = Math.max(0, ...entries.map(([name]) => words(name).length));
  return entries
    .flatMap(([name, value]) => {
      const heading = paint.bold(words(name).padEnd(width));
      const [first = "", ...others] = valueLines(value);
      return [`${heading}  ${first}`, ...others.map((line) => `${" ".repeat(width)}  ${line}`)];
    })
    .join("\n");
}

function valueLines(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((entry: unknown) => [inline(entry)]);
  return [inline(value)];
}

function inline(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(inline).join(", ");
  if (typeof value !== "object" || value === null) return value === true ? "yes" : value === false ? "no" : String(value);
  const place = placeText(value);
  if (place !== undefined) return place;
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined && entry !== null && !isEmptyList(entry));
  return entries.map(([name, entry]) => `${words(name)}: ${inline(entry)}`).join("; ");
}

function placeText(value: object): string | undefined {
  if (!("file" in value && "line" in value && "column" in value)) return undefined;
  return `${String(value.file)}:${String(value.line)}:${String(value.column)}`;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** `userFacingHost` becomes `user facing host`. */
function words(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, (_match, before: string, letter: string) => `${before} ${letter.toLowerCase()}`);
}
