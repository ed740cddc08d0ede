/** Re-exports only. */
export { CATALOG, type DiagnosticCode } from "./catalog";
export { error, warning, type Cause, type Diagnostic, type Severity } from "./diagnostic";
export { failedAs, problem, Problem, type Execution, type FailureDetails, type FailureKind } from "./problem";
export { renderText } from "./render";
