/** Renders findings as text, JSON, SARIF or annotations of GitHub. */
import type { Finding } from "../finding";
import { renderGitHub } from "./github";
import { renderSarif } from "./sarif";
import { renderText } from "./text";

/** Every format, for the option of a command. */
export type FindingFormat = "text" | "json" | "sarif" | "github";

export interface RenderOptions {
  /** Only the format `text` has colors. */
  readonly color?: boolean;
}

/** Ends with a line break, unless there is nothing to say. */
export function renderFindings(findings: readonly Finding[], format: FindingFormat, { color = false }: RenderOptions = {}): string {
  switch (format) {
    case "text":
      return renderText(findings, color);
    case "json":
      return renderJson(findings);
    case "sarif":
      return renderSarif(findings);
    case "github":
      return renderGitHub(findings);
  }
}

/** The order of the keys never changes. */
function renderJson(findings: readonly Finding[]): string {
  const rows = findings.map(({ code, severity, message, place, endColumn, related }) => ({
    code,
    severity,
    message,
    ...place,
    endColumn,
    related,
  }));
  return `${JSON.stringify({ version: 1, findings: rows }, null, 2)}\n`;
}
