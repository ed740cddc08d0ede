/** Diagnostics and attribute paths -> the protocol's messages. */
import { error } from "../catalog";
import type { Diagnostic } from "../../diagnostics";
import { internal } from "../server/attempt";
import { Diagnostic_Severity, type AttributePath, type Diagnostic as DiagnosticMessage } from "./generated/tfplugin6";

export function diagnosticMessages(diagnostics: readonly Diagnostic[]): DiagnosticMessage[] {
  return diagnostics.map((diagnostic) => ({
    severity: diagnostic.severity === "error" ? Diagnostic_Severity.ERROR : Diagnostic_Severity.WARNING,
    summary: diagnostic.summary,
    detail: printable(`${diagnostic.why}\n\n${diagnostic.fix}\n\n(${diagnostic.code})`),
    // A path without steps would take the source location away; no path means the whole block.
    attribute: diagnostic.at.length === 0 ? undefined : pathMessage(diagnostic.at),
  }));
}

/** A remote system's own words may hold what a terminal obeys; the engine prints them as they are. */
function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]/gu, "\ufffd");
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

/** The engine asks for something that this provider does not have. */
export class UnknownType extends Error {}

/** What to say when a message of the engine could not even be read. */
export function unanswerable(thrown: unknown): Diagnostic {
  if (thrown instanceof UnknownType) {
    const why = `The engine asked for the ${thrown.message}, which this provider does not have.`;
    return error("internal", { why, fix: "Run `init -upgrade` so that the engine reads this version's schema, then try again." });
  }
  return internal(`A message of the engine could not be processed: ${thrown instanceof Error ? thrown.message : "unknown reason"}`);
}
