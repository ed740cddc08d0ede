/** The public interface: declare a catalog, raise its diagnostics, render them. */
export { COMMON_SECTIONS, defineCatalog, type Catalog, type CodeIn, type CommonCode, type Sections } from "./catalog";
export type { Cause, Diagnostic, Severity } from "./diagnostic";
export { codePages, type CodePage } from "./documentation";
export { COMMON_EXPLANATIONS, type Explanation, type Explanations } from "./explanation";
export { failedAs, Problem, type Execution, type FailureDetails, type FailureKind } from "./problem";
export { renderCode, renderJson, renderText } from "./render";
export { textWidth, wrapText } from "./text-width";
export { visibleJson, visibleLines, visibleText } from "./visible-text";
