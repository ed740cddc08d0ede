/** Patterns of repository slugs: `*` stands for any characters, `?` for one character. Bitbucket compares slugs without case. */

/** Whether a text is a slug, or a pattern of slugs. */
export function isSlugPattern(text: string): boolean {
  return /^[A-Za-z0-9._*?-]+$/.test(text);
}

/** How to correct a text that is neither a slug nor a pattern. */
export function slugPatternFix(given: string): string {
  const part = given.trim().split("/").at(-1) ?? "";
  return given.includes("/") && part !== ""
    ? `Write only the slug: ${JSON.stringify(part)}.`
    : "Write the slug of a repository, or a pattern with * and ?.";
}

/** Whether a text selects by pattern, so that it may stand for several slugs. */
export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}

/**
 * One regular expression for slugs in lower case that match any of the patterns. It is valid in JavaScript and in the engine (RE2), and contains
 * no backslash, which the engine would read as the start of an escape sequence.
 */
export function slugExpression(patterns: readonly string[]): string {
  return `^(${patterns.map(toExpression).join("|")})$`;
}

/** Whether a slug matches any of the patterns. */
export function matchesSlug(patterns: readonly string[], slug: string): boolean {
  return patterns.some((pattern) => matches(pattern.toLowerCase(), slug.toLowerCase()));
}

/** Takes at most one step for each pair of characters, where a regular expression of JavaScript could take years. */
function matches(pattern: string, slug: string): boolean {
  let [position, star, afterStar] = [0, -1, 0];
  for (let index = 0; index < slug.length;) {
    if (pattern[position] === "*") [star, afterStar] = [position++, index];
    else if (pattern[position] === "?" || pattern[position] === slug[index]) [position, index] = [position + 1, index + 1];
    else if (star < 0) return false;
    else [position, index] = [star + 1, ++afterStar];
  }
  return /^\**$/.test(pattern.slice(position));
}

function toExpression(pattern: string): string {
  return pattern.toLowerCase().replaceAll(/[.*?]/g, (character) => ({ ".": "[.]", "*": ".*", "?": "." })[character] ?? character);
}
