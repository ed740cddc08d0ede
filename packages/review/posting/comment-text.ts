/** The text of the comment: its marker, and its length. */

const CUT = "The rest is left out, because a comment has a limit. The output of `bitlift review` has it all.";

/** Whether the last line is the marker. A quotation of the comment begins with `>`, so it has another last line. */
export function hasMarker(text: string, marker: string): boolean {
  return text.trimEnd().split("\n").at(-1)?.trim() === marker;
}

/** Cuts at the end of a line, and keeps the marker. The renderer has left out lesser things before; this is for a smaller limit. */
export function fittedText(text: string, marker: string, length: number): string {
  if (text.length <= length) return text;
  const end = `\n\n${CUT}\n\n${marker}\n`;
  const head = text.slice(0, Math.max(length - end.length, 0));
  const lastBreak = head.lastIndexOf("\n");
  return `${(lastBreak > 0 ? head.slice(0, lastBreak) : head.replace(/[\uD800-\uDBFF]$/, "")).trimEnd()}${end}`;
}
