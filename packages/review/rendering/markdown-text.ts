/** Text of strangers inside Markdown, so that no dialect makes anything of it: no markup, HTML, link, mention, emoji, heading, list or table. */
import { visibleText } from "../../diagnostics";

/** Without a width, and no renderer links, mentions or replaces across it. `visibleText` has shown every one that a stranger wrote. */
export const WORD_JOINER = "\u2060";

/** Every dialect takes a backslash before these. */
const ESCAPED = /[\\`*_{}[\]#!]/g;
/** Not every dialect takes a backslash before these; every dialect reads the reference. */
const REFERENCED = /[&<>|~^$]/g;
/** What makes a list, a heading or a line only where a text starts. */
const ESCAPED_FIRST = /^(\d*)([+\-.)=:])/;

/**
 * What a renderer may act on even without markup: mentions and e-mail (`@`), issues (`#1`), keys of Jira (`ABC-1`), addresses (`http://`, `www.`,
 * `evil.com`), emoji (`:smile:`), commands of continuous integration (`::error`).
 */
const TRIGGERS: readonly [pattern: RegExp, replacement: string][] = [
  [/@/g, `@${WORD_JOINER}`],
  [/#(?=\d)/g, `#${WORD_JOINER}`],
  [/(?<=[A-Za-z\d])-(?=\d)/g, `-${WORD_JOINER}`],
  [/:(?=\S)/g, `:${WORD_JOINER}`],
  [/(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}])/gu, `.${WORD_JOINER}`],
];

/** Visible text, at most so many characters of it. */
export function markdownText(text: string, most = Infinity): string {
  return broken(cut(visibleText(text), most))
    .trim()
    .replace(/\s+/g, " ")
    .replace(ESCAPED, "\\$&")
    .replace(REFERENCED, reference)
    .replace(ESCAPED_FIRST, (_match, digits: string, character: string) => `${digits}${reference(character)}`);
}

/**
 * The same as code: for names, places and addresses, which people copy. A backtick becomes an apostrophe, because dialects disagree about longer
 * fences.
 */
export function markdownCode(text: string, most = Infinity): string {
  const content = cut(visibleText(text), most).replaceAll("`", "'").replaceAll("@", `@${WORD_JOINER}`);
  // A space at each end would be dropped, and nothing at all is no code.
  return content.trim() === "" ? "(empty)" : `\`${content.trim()}\``;
}

/** Cuts between characters and says so. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

function reference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

function broken(text: string): string {
  return TRIGGERS.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}
