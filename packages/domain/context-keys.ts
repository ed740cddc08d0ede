/** The keys that Bitlift reads from the context of an app, and keys that look like one of them. */
import { mostSimilar } from "./similar-names";

/** `bitlift`: the path of the file. `bitliftBacking`: the backing of every construct. */
export const CONTEXT_KEYS = { file: "bitlift", backing: "bitliftBacking" } as const;

/** What is wrong with a key, and what to do. */
interface KeyFault {
  readonly key: string;
  readonly why: string;
  readonly fix: string;
}

/**
 * Keys that start like those of Bitlift, in upper or lower case, but differ from them. Nothing reads them, so their values would be ignored.
 * @param context `context` of `cdktf.json`, or of the app.
 */
export function contextKeyFaults(context: object): readonly KeyFault[] {
  const known: readonly string[] = Object.values(CONTEXT_KEYS);
  return Object.keys(context)
    .filter((key) => /^bitlift/i.test(key) && !known.includes(key))
    .map((key) => ({ key, why: `${JSON.stringify(key)} is not a context key of Bitlift.`, fix: fixFor(key, known) }));
}

function fixFor(key: string, known: readonly string[]): string {
  const similar = mostSimilar(key, known);
  if (similar !== undefined) return `Write ${similar}.`;
  return `Use one of: ${known.join(", ")}; or give a value of your own a name that does not start with bitlift.`;
}
