/** Patterns of names: `*` stands for any text, `?` for one character. The only translation, for this package and for the engine. */

/** The pattern as an expression that JavaScript and RE2, which the engine uses, read in the same way. It matches the whole name. */
export function patternExpression(pattern: string): string {
  const parts = Array.from(pattern, (character) => {
    if (character === "*") return ".*";
    if (character === "?") return ".";
    return character.replace(/[.+^$()[\]{}|\\]/, "\\$&");
  });
  return `^${parts.join("").replaceAll(/(\.\*)+/g, ".*")}$`;
}

/** Slugs have no case. */
export function matchesPattern(name: string, pattern: string, { ignoreCase = true }: { readonly ignoreCase?: boolean } = {}): boolean {
  return new RegExp(patternExpression(pattern), ignoreCase ? "isu" : "su").test(name);
}
