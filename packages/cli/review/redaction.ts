/** Removes secrets from what a review shows. Only from texts for people, and only after the gate: a secret must not change what the gate decides. */

const HIDDEN = "(sensitive)";
/** Where a rule has cut a long text off. */
const ELLIPSIS = "…";
/** A shorter beginning of a secret occurs by chance. */
const SHORTEST_BEGINNING = 6;

/** A shorter secret may be a part of another word. */
const LONG_SECRET = 8;

/** What programs read, and what names files of the repository. */
const NO_TEXTS: ReadonlySet<string> = new Set(["code", "severity", "verdict", "kind", "status", "fate", "product", "type", "file"]);

/** Anything made of texts, lists and objects, without the secrets in its texts. */
export function withoutSecrets<T>(value: T, secrets: readonly string[]): T {
  const spellings = [...new Set(secrets.flatMap((secret) => [secret, quotedOf(secret)]))]
    .filter((text) => text !== "")
    .sort((a, b) => b.length - a.length);
  if (spellings.length === 0) return value;
  const pattern = new RegExp(spellings.map(patternOf).join("|"), "g");
  return redacted(value, (text) => withoutBeginnings(text.replaceAll(pattern, HIDDEN), spellings));
}

/** Sentences quote names, with escapes. */
function quotedOf(secret: string): string {
  return JSON.stringify(secret).slice(1, -1);
}

function patternOf(text: string): string {
  const pattern = escaped(text);
  return text.length < LONG_SECRET ? `(?<![A-Za-z0-9])${pattern}(?![A-Za-z0-9])` : pattern;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

function withoutBeginnings(text: string, spellings: readonly string[]): string {
  if (!text.includes(ELLIPSIS)) return text;
  const pieces = text.split(ELLIPSIS);
  return pieces.map((piece, index) => (index === pieces.length - 1 ? piece : withoutBeginning(piece, spellings))).join(ELLIPSIS);
}

function withoutBeginning(piece: string, spellings: readonly string[]): string {
  for (const spelling of spellings)
    for (let length = Math.min(spelling.length, piece.length); length >= SHORTEST_BEGINNING; length -= 1)
      if (piece.endsWith(spelling.slice(0, length))) return `${piece.slice(0, -length)}${HIDDEN}`;
  return piece;
}

function redacted<T>(value: T, redact: (text: string) => string): T {
  if (typeof value === "string") return redact(value) as T;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => redacted(item, redact)) as T;
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    NO_TEXTS.has(key) ? (item as unknown) : redacted(item as unknown, redact),
  ]);
  return Object.fromEntries(entries) as T;
}
