/** Converts diagnostics and attribute paths to messages of the protocol. */
import { renderCode, type CodePage, type Diagnostic } from "../../diagnostics";
import { error } from "../catalog";
import { internalError } from "../server/run-handler";
import { Diagnostic_Severity, type AttributePath, type Diagnostic as DiagnosticMessage } from "./generated/tfplugin6";

/** @param codePage from the declaration of the provider */
export function diagnosticMessages(diagnostics: readonly Diagnostic[], codePage: CodePage | undefined): DiagnosticMessage[] {
  return diagnostics.map((diagnostic) => ({
    severity: diagnostic.severity === "error" ? Diagnostic_Severity.ERROR : Diagnostic_Severity.WARNING,
    summary: diagnostic.summary,
    detail: printable(`${diagnostic.why}\n\n${diagnostic.fix}\n\n${renderCode(diagnostic.code, codePage)}`),
    // With an empty path, engines show no source location. Without a path, they show the block.
    attribute: diagnostic.at.length === 0 ? undefined : pathMessage(diagnostic.at),
  }));
}

/** Texts from a remote system may contain control characters, which the engine would print to the terminal unchanged. */
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

/** Thrown if the engine requests a resource type or data source that this provider does not have. */
export class UndeclaredType extends Error {}

/** Returns the error for a request that could not be decoded. */
export function invalidRequest(thrown: unknown): Diagnostic {
  if (thrown instanceof UndeclaredType) {
    const why = `The engine requested the ${thrown.message}, which this provider does not have.`;
    const fix =
      "Run `init -upgrade`, so that the engine reads the schema of this version, then try again. In an app with constructs, synthesize first.";
    return error("internal", { why, fix });
  }
  return internalError(`A request from the engine could not be processed: ${thrown instanceof Error ? thrown.message : "unknown reason"}`);
}
