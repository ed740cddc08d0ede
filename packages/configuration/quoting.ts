/** Values in messages: quoted, escaped, shortened, and hidden if they look like a secret. */
import { visibleText } from "../diagnostics";
import { containsSecret, mostSimilar } from "../domain";

const MAX_SHOWN = 60;
const MAX_LISTED = 12;

/** In double quotes, or a description of what is not a text. */
export function shown(value: unknown): string {
  if (typeof value !== "string") return describeType(value);
  if (containsSecret(value)) return "(hidden, because it looks like a secret)";
  const characters = Array.from(value);
  const text = characters.length > MAX_SHOWN ? `${characters.slice(0, MAX_SHOWN).join("")}…` : value;
  return `"${visibleText(text)}"`;
}

export function describeType(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  if (typeof value === "string") return "text";
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "of another type";
}

const MANY_NAMES = 200;
const MAX_SEARCHES = 20;
const searches = new WeakMap<readonly string[], number>();

/**
 * ` Did you mean "x"?` or nothing.
 * @param known One array for all names, if it is long. Only the first twenty names are compared with a long one: otherwise, a file with thousands of
 *   wrong names would take minutes.
 */
export function suggestion(name: string, known: readonly string[]): string {
  if (known.length > MANY_NAMES) {
    const before = searches.get(known) ?? 0;
    searches.set(known, before + 1);
    if (before >= MAX_SEARCHES) return "";
  }
  const similar = containedIn(name, known) ?? mostSimilar(name, known) ?? otherNumber(name, known) ?? startOf(name, known);
  return similar === undefined ? "" : ` Did you mean "${similar}"?`;
}

/** A misspelled singular of a plural: `repositry` for `repositories`. */
function otherNumber(name: string, known: readonly string[]): string | undefined {
  const singular = (text: string) => text.replace(/ies$/i, "y").replace(/s$/i, "");
  const similar = mostSimilar(singular(name), known.map(singular));
  return known.find((candidate) => singular(candidate) === similar);
}

/** An abbreviation, or a name with more words: `repos` for `repositories`, `inheritEntities` for `inherit`. */
function startOf(name: string, known: readonly string[]): string | undefined {
  const lower = lettersOf(name);
  const isStart = (start: string, text: string) => start.length >= 3 && text.startsWith(start);
  return (
    known.find((candidate) => isStart(lower, candidate.toLowerCase())) ?? known.find((candidate) => isStart(candidate.toLowerCase(), lower))
  );
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, "");
}

/** A name that only lacks or adds the beginning: `events` for `additionalEvents`, `apiToken` for `token`. */
function containedIn(name: string, known: readonly string[]): string | undefined {
  const lower = lettersOf(name);
  if (lower.length < 4) return undefined;
  return (
    known.find((candidate) => candidate.toLowerCase() === lower) ??
    known.find((candidate) => candidate.toLowerCase().endsWith(lower)) ??
    known.find((candidate) => candidate.length >= 4 && lower.endsWith(candidate.toLowerCase()))
  );
}

/** `a, b, c` and how many more. */
export function listed(names: readonly string[]): string {
  const more = names.length - MAX_LISTED;
  return more > 0 ? `${names.slice(0, MAX_LISTED).join(", ")} and ${more} more` : names.join(", ");
}

/** The cause and fix of `packages/domain` as the message of a finding. */
export function sentences({ why, fix }: { readonly why: string; readonly fix: string }): string {
  return `${why.replace(/^(The|A|An|No) /, (start) => start.toLowerCase())} ${fix}`;
}
