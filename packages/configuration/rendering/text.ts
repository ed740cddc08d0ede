/** Findings as text for terminals: place, message, code, the line of the file, and a caret below the place. */
import { textWidth, visibleLines, visibleText } from "../../diagnostics";
import type { Finding } from "../finding";

const MAX_WIDTH = 160;

type Paint = (text: string) => string;

export function renderText(findings: readonly Finding[], color: boolean): string {
  return findings.map((finding) => `${textOf(finding, color)}\n`).join("");
}

function textOf({ code, severity, message, place, endColumn, source }: Finding, color: boolean): string {
  const paint = (sequence: string): Paint => (color ? (text) => `\u001b[${sequence}m${text}\u001b[0m` : (text) => text);
  const title = paint(severity === "error" ? "1;31" : "1;33");
  const head = `${paint("1")(`${visibleText(place.file)}:${place.line}:${place.column}:`)} ${title(`${severity}:`)} ${visibleLines(message)} ${paint("2")(`[${code}]`)}`;
  return source === undefined || source.trim() === "" ? head : `${head}\n${excerpt(source, place, endColumn, title)}`;
}

/** The line with its number, and carets below the characters. A long line is cut around the place. A control character shows its escape. */
function excerpt(source: string, { line, column }: Finding["place"], endColumn: number, paint: Paint): string {
  const characters = Array.from(source.replaceAll("\t", " "), visibleText);
  const start = characters.length > MAX_WIDTH && column > MAX_WIDTH / 2 ? column - 1 - MAX_WIDTH / 2 : 0;
  const shownText = characters.slice(start, start + MAX_WIDTH).join("");
  const [before, after] = [start > 0 ? "…" : "", start + MAX_WIDTH < characters.length ? "…" : ""];
  const gutter = `${String(line)} | `;
  const carets = Math.max(1, Math.min(endColumn - column, MAX_WIDTH - (column - 1 - start)));
  const offset = textWidth(characters.slice(start, column - 1).join("")) + before.length;
  const underline = "^".repeat(Math.max(1, textWidth(characters.slice(column - 1, column - 1 + carets).join("")) || carets));
  return `${gutter}${before}${shownText}${after}\n${" ".repeat(gutter.length - 2)}| ${" ".repeat(offset)}${paint(underline)}`;
}
