/** Rules for the texts that people choose: names, labels, titles, descriptions. Every layer that takes such a text checks it here, before a remote call. */
import type { Cause } from "../diagnostics";

/** Control characters (C0, DEL, C1), line separators, and halves of surrogate pairs, which no UTF-8 text can contain. */
const CONTROL = String.raw`\p{Cc}\p{Cs}\u2028\u2029`;

/** Embeddings, overrides, and isolates: what follows is displayed in another order than it is stored. */
const REORDERING = String.raw`\u202A-\u202E\u2066-\u2069`;

/**
 * Characters without a visible form: two names that look the same would be different. The joiners U+200C and U+200D are allowed, because
 * scripts and emoji need them.
 */
const INVISIBLE = String.raw`\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u2060-\u2064\u3164\uFEFF\uFFA0`;

/** Characters of a text that a message shows. */
const MAX_SHOWN = 80;

const NOT_IN_A_LINE = new RegExp(`[${CONTROL}${REORDERING}${INVISIBLE}]`, "u");

/** Markdown has lines and tabs, and text from right to left may need direction marks. */
const NOT_IN_MARKDOWN = new RegExp(String.raw`(?![\t\n\r])[${CONTROL}${REORDERING}]`, "u");

/** What is wrong with the name of a Space; undefined if nothing is. */
export function spaceNameFault(name: string): Cause | undefined {
  const fault = nameFault(name);
  if (fault !== undefined || /[\p{L}\p{N}]/u.test(name)) return fault;
  return { why: `The name ${quote(name)} contains no letter and no digit.`, fix: "Add a letter or a digit to the name." };
}

/** What is wrong with the name of an integration. Spacelift derives the ID and the webhook URL from its letters and digits. */
export function integrationNameFault(name: string): Cause | undefined {
  const fault = nameFault(name);
  if (fault !== undefined || integrationSlug(name) !== "") return fault;
  return {
    why: `The name ${quote(name)} contains no letter from a to z and no digit, and Spacelift derives the ID and the webhook URL from these.`,
    fix: "Add a letter from a to z or a digit to the name.",
  };
}

/** What is wrong with a text of one line: a label, a title. @param what the subject of the sentence: `The title` */
export function lineFault(what: string, text: string): Cause | undefined {
  if (text.trim() === "") return { why: `${what} is empty.`, fix: "Write one line of visible characters." };
  return characterFault(what, text, NOT_IN_A_LINE);
}

/** What is wrong with labels. */
export function labelsFault(labels: readonly string[]): Cause | undefined {
  return labels.map((label) => lineFault(label.trim() === "" ? "A label" : "The label", label)).find((fault) => fault !== undefined);
}

/** What is wrong with a description in Markdown, which may be empty and have several lines. */
export function descriptionFault(description: string): Cause | undefined {
  return characterFault("The description", description, NOT_IN_MARKDOWN);
}

/** What is wrong with an arbitrary text of which only changes matter. It may be empty, and have several lines: people read it from files. */
export function markerFault(text: string): Cause | undefined {
  return characterFault("The text", text, NOT_IN_MARKDOWN);
}

/** It is not documented whether Spacelift trims names. If it does, every plan would want to change the name back. */
function nameFault(name: string): Cause | undefined {
  const fault = lineFault("The name", name);
  if (fault !== undefined || name === name.trim()) return fault;
  return { why: `The name ${quote(name)} starts or ends with a space.`, fix: `Remove the space${correctedText(name.trim())}.` };
}

function characterFault(what: string, text: string, notAllowed: RegExp): Cause | undefined {
  const found = notAllowed.exec(text);
  if (found === null) return undefined;
  const position = Array.from(text.slice(0, found.index)).length + 1;
  const corrected = withoutCharacters(text, notAllowed);
  return {
    why: `${what} ${quote(text)} contains the character ${escapeCharacter(found[0])} at position ${position}, which cannot be seen.`,
    fix:
      corrected === "" ? "Write visible characters instead." : `Remove the character at position ${position}${correctedText(corrected)}.`,
  };
}

/** A separator, such as a line break, becomes a space, so that no words are joined. */
function withoutCharacters(text: string, notAllowed: RegExp): string {
  const characters = Array.from(text, (character) => (notAllowed.test(character) ? (/\s/.test(character) ? " " : "") : character));
  return characters.join("").trim();
}

/** For the end of a fix; empty if the text is too long to show, or has several lines. */
function correctedText(text: string): string {
  return text.length > MAX_SHOWN || NOT_IN_A_LINE.test(text) ? "" : `: "${text}"`;
}

/** In double quotes, with every character escaped that cannot be seen, and shortened if it is long. */
function quote(text: string): string {
  const escaped = Array.from(text, (character) => (NOT_IN_A_LINE.test(character) ? escapeCharacter(character) : character));
  return `"${escaped.slice(0, MAX_SHOWN).join("")}${escaped.length > MAX_SHOWN ? "…" : ""}"`;
}

/** `\u0007` */
function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/**
 * The ID that Spacelift derives from the name of an integration. Documented for letters, digits, and spaces; that all other characters
 * become one hyphen too is assumed.
 */
export function integrationSlug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}

/** Whether two names certainly lead to the same ID: they differ only in case and spaces. Names whose slugs are equal but that fail this test may do so. */
export function haveSameSlug(first: string, second: string): boolean {
  return certainSlug(first) === certainSlug(second);
}

/** Equal for names that certainly lead to the same ID. */
export function certainSlug(name: string): string {
  return name.trim().toLowerCase().replaceAll(/\s+/g, "-");
}
