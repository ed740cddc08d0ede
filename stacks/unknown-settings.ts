/** Messages for settings that do not exist: a secret that would be in the file, a similar name, and the known names. */

const SECRET_NAME = /^(api_?token|app_?password|access_?token|token|password|secret)$/i;
const MAX_EDITS = 3;

/** One message per name, separated by line breaks. Each continues a sentence that starts with the path of the setting. */
export function describeUnknownSettings(names: readonly string[], known: readonly string[]): string {
  return names.map((name) => (SECRET_NAME.test(name) ? describeSecret(name, known) : describeUnknown(name, known))).join("\n");
}

function describeUnknown(name: string, known: readonly string[]): string {
  const similar = mostSimilar(name, known);
  const suggestion = similar === undefined ? "" : ` Did you mean ${similar}?`;
  return `is not a known setting.${suggestion} Known settings: ${known.join(", ")}.`;
}

/** The message must not contain the value, because it is probably the secret. */
function describeSecret(name: string, known: readonly string[]): string {
  const sameName = known.filter((setting) => setting === `${name}Env`);
  const settings = sameName.length > 0 ? sameName : known.filter((setting) => setting.endsWith("Env"));
  if (settings.length === 0) return "would contain a secret. Remove it: secrets are read from environment variables.";
  return `would contain a secret. Set ${settings.join(" or ")} to the name of an environment variable, which the provider reads when it runs.`;
}

/** The known name with the fewest edits, if the difference is small enough for a typo. */
function mostSimilar(name: string, known: readonly string[]): string | undefined {
  const limit = Math.min(MAX_EDITS, Math.floor(name.length / 3));
  const ranked = known.map((candidate) => ({ candidate, edits: countEdits(name.toLowerCase(), candidate.toLowerCase()) }));
  return ranked.filter(({ edits }) => edits <= limit).toSorted((first, second) => first.edits - second.edits)[0]?.candidate;
}

/** The Levenshtein distance: the number of characters to insert, delete or replace. */
function countEdits(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, character] of Array.from(from).entries()) {
    const current = [row + 1];
    for (const [column, target] of Array.from(to).entries()) {
      const replace = (previous[column] ?? 0) + (character === target ? 0 : 1);
      current.push(Math.min(replace, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
