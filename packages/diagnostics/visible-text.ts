/** Makes text of strangers harmless for terminals, logs and pages: what would act on them, or hide in them, is shown as its escape. */

/** Commands that continuous integration reads from the output: `::error` of GitHub, `##[error]` and `##vso[…]` of Azure, `##teamcity[…]`. */
const COMMAND = /:(?=:[a-z])|#(?=#(?:\[|[a-z]+\[))/gi;

/**
 * Control characters, line breaks, bidirectional controls, half surrogates, and everything that has no shape. Variation selectors stay, and so do
 * joiners between characters outside ASCII, which emoji and several scripts need.
 */
const UNSAFE =
  /(?<![^\p{ASCII}])[\u200C\u200D]|[\u200C\u200D](?![^\p{ASCII}])|[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|(?![\uFE00-\uFE0F\u200C\u200D])[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

const SHORT_ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** One line without any character that acts: `a\u202eb`. Printable text stays as it is. */
export function visibleText(text: string): string {
  return text.replace(UNSAFE, escapeOf).replace(COMMAND, escapeOf);
}

/** The same for a text of several lines, which stay lines. */
export function visibleLines(text: string): string {
  return text.split("\n").map(visibleText).join("\n");
}

/** `\u202e`; `\u{e0041}` above U+FFFF. */
function escapeOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return SHORT_ESCAPES[character] ?? (code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`);
}

/** JSON that no terminal, log or editor acts on. It reads back as the same value. */
export function visibleJson(value: unknown): string {
  const json = JSON.stringify(value, null, 2);
  // A colon after a colon, and a second number sign, occur only inside strings.
  return json
    .replace(/[\u007F-\u009F\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, codeUnits)
    .replace(/(?<=:):|(?<=#)#/g, codeUnits);
}

function codeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`).join("");
}
