/** What a plan does to people: reads plans, finds consequences, renders and posts them. */
export { REVIEW_CATALOG, type FindingCode } from "./catalog";
export { NOBODY, SEVERITIES, type Affected, type AffectedConsumer, type Finding, type Severity, type Subject } from "./finding";
export type * from "./review";
