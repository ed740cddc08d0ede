/** Diagnostics and attribute paths -> the protocol's messages. */
import type { Diagnostic } from "../../diagnostics";
import { Diagnostic_Severity, type AttributePath, type Diagnostic as DiagnosticMessage } from "./generated/tfplugin6";

export function diagnosticMessages(diagnostics: readonly Diagnostic[]): DiagnosticMessage[] {
  return diagnostics.map((diagnostic) => ({
    severity: diagnostic.severity === "error" ? Diagnostic_Severity.ERROR : Diagnostic_Severity.WARNING,
    summary: diagnostic.summary,
    detail: `${diagnostic.why}\n\n${diagnostic.fix}\n\n(${diagnostic.code})`,
    // A path without steps would take the source location away; no path means the whole block.
    attribute: diagnostic.at.length === 0 ? undefined : pathMessage(diagnostic.at),
  }));
}

export function pathMessage(path: readonly (string | number)[]): AttributePath {
  return {
    steps: path.map((step) => ({
      attributeName: typeof step === "string" ? step : undefined,
      elementKeyString: undefined,
      elementKeyInt: typeof step === "number" ? step : undefined,
    })),
  };
}
