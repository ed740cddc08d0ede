/** What a plan does to people: reads plans, finds consequences, renders and posts them. */
export { REVIEW_CATALOG, type FindingCode } from "./catalog";
export { NOBODY, SEVERITIES, type Affected, type AffectedConsumer, type Finding, type Severity, type Subject } from "./finding";
export type * from "./review";
export { renderReviewGitHub, renderReviewSarif } from "./rendering/annotations";
export { renderReviewJson } from "./rendering/json";
export { reviewSchema } from "./rendering/json-format";
export { renderMarkdown } from "./rendering/markdown";
export { renderPage } from "./rendering/page/page";
export { renderTerminal } from "./rendering/terminal";
export { summaryLine } from "./rendering/wording";
