/** A diagnostic as text and as JSON. */
import type { Diagnostic } from "./diagnostic";

/** `Error: summary`, then cause, fix and code on lines of their own. No color: the caller knows its terminal. */
export function renderText(diagnostic: Diagnostic): string {
  const word = diagnostic.severity === "error" ? "Error" : "Warning";
  return `${word}: ${diagnostic.summary}\n  ${indented(diagnostic.why)}\n  ${indented(diagnostic.fix)}\n  (${diagnostic.code})`;
}

/** One JSON object, its keys always in the same order. */
export function renderJson({ code, severity, summary, why, fix, at }: Diagnostic): string {
  return JSON.stringify({ code, severity, summary, why, fix, at });
}

function indented(text: string): string {
  return text.replaceAll("\n", "\n  ");
}
