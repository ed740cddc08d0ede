/** Findings of the file in SARIF. */
import { summaryOf } from "../summaries";
import type { FindingCode } from "../catalog";
import type { Finding } from "../finding";
import { renderSarifLog } from "./sarif-log";

export function renderSarif(findings: readonly Finding[]): string {
  const results = findings.map(({ code, severity, message, place, endColumn, related }) => ({
    code,
    level: severity,
    message,
    place,
    endColumn,
    related,
  }));
  return renderSarifLog(results, (code) => summaryOf(code as FindingCode));
}
