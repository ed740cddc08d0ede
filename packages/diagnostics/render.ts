/** Renders a diagnostic as text or JSON. */
import type { Diagnostic } from "./diagnostic";
import type { CodePage } from "./documentation";

/**
 * `Error: <summary>`, then cause, fix, code and the address of its documentation on separate, indented lines. Without color and without a line break
 * at the end.
 */
export function renderText(diagnostic: Diagnostic, codePage?: CodePage): string {
  const severity = diagnostic.severity === "error" ? "Error" : "Warning";
  return `${severity}: ${diagnostic.summary}\n  ${indented(diagnostic.why)}\n  ${indented(diagnostic.fix)}\n  ${indented(renderCode(diagnostic.code, codePage))}`;
}

/** The end of every message: the code in parentheses, then the address of its documentation on a line of its own, which no terminal has to wrap. */
export function renderCode(code: string, codePage: CodePage | undefined): string {
  return codePage === undefined ? `(${code})` : `(${code})\n${codePage(code)}`;
}

/** One JSON object in one line. The order of its keys never changes. */
export function renderJson({ code, severity, summary, why, fix, at }: Diagnostic, codePage?: CodePage): string {
  return JSON.stringify({ code, severity, summary, why, fix, at, url: codePage?.(code) });
}

function indented(text: string): string {
  return text.replaceAll("\n", "\n  ");
}
