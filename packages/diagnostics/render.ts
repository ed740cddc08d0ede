/** Renders a diagnostic as text or JSON. */
import type { Diagnostic } from "./diagnostic";

/** `Error: <summary>`, then cause, fix and code on separate, indented lines. Without color and without a line break at the end. */
export function renderText(diagnostic: Diagnostic): string {
  const severity = diagnostic.severity === "error" ? "Error" : "Warning";
  return `${severity}: ${diagnostic.summary}\n  ${indented(diagnostic.why)}\n  ${indented(diagnostic.fix)}\n  (${diagnostic.code})`;
}

/** One JSON object in one line. The order of its keys never changes. */
export function renderJson({ code, severity, summary, why, fix, at }: Diagnostic): string {
  return JSON.stringify({ code, severity, summary, why, fix, at });
}

function indented(text: string): string {
  return text.replaceAll("\n", "\n  ");
}
