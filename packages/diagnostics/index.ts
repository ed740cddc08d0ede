/** The public interface: declare a catalog, raise its diagnostics, render them. */
export { COMMON_SECTIONS, defineCatalog, type Catalog, type CodeIn, type CommonCode, type Sections } from "./catalog";
export type { Cause, Diagnostic, Severity } from "./diagnostic";
export { failedAs, Problem, type Execution, type FailureDetails, type FailureKind } from "./problem";
export { renderJson, renderText } from "./render";
