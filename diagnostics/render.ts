/** A diagnostic as text. */
import type { Diagnostic } from "./diagnostic";

/** `Error: summary`, then cause, fix and code on lines of their own. No colour: the caller knows its terminal. */
export function renderText(diagnostic: Diagnostic): string {
  const word = diagnostic.severity === "error" ? "Error" : "Warning";
  return `${word}: ${diagnostic.summary}\n  ${indented(diagnostic.why)}\n  ${indented(diagnostic.fix)}\n  (${diagnostic.code})`;
}

function indented(text: string): string {
  return text.replaceAll("\n", "\n  ");
}
