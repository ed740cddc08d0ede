/** HTML that is safe by construction: a template escapes every text, and only other templates pass as they are. */
import { visibleText } from "../../../diagnostics";

/** A piece of HTML that a template of ours made. */
export class Markup {
  public constructor(public readonly html: string) {}
}

export type Content = Markup | string | number | undefined | readonly Content[];

/** Undefined is nothing. Text belongs between tags, or into an attribute in double quotes. */
export function markup(pieces: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(pieces.map((piece, index) => `${piece}${htmlOf(contents[index])}`).join(""));
}

/** Text of strangers, kept apart from the direction of the text around it. */
export function foreign(text: string): Markup {
  return markup`<bdi>${text}</bdi>`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "`": "&#96;" };

function htmlOf(content: Content): string {
  if (content === undefined) return "";
  if (content instanceof Markup) return content.html;
  if (typeof content === "string") return visibleText(content).replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? "");
  if (typeof content === "number") return String(content);
  return content.map(htmlOf).join("");
}
