/** What a plan does to people: reads plans, finds consequences, renders and posts them. */
export { REVIEW_CATALOG, type FindingCode } from "./catalog";
export { NOBODY, SEVERITIES, type Affected, type AffectedConsumer, type Finding, type Severity, type Subject } from "./finding";
export type * from "./review";
export { placeInRepository, plainMessage } from "./rendering/annotations";
export { reviewSchema } from "./rendering/json-format";
export { reviewMarker } from "./rendering/markdown";
export { renderReview, REVIEW_FORMATS, type ReviewFormat, type ReviewRenderOptions } from "./rendering/render";
export { summaryLine } from "./rendering/wording";
