/** What a plan does to people: reads plans, finds consequences, renders and posts them. */
export { REVIEW_EXPLANATIONS } from "./explanations";
export { SEVERITY_CASES } from "./severities";
export { FINDING_CODES, REVIEW_CATALOG, type FindingCode } from "./catalog";
export { NOBODY, SEVERITIES, type Affected, type AffectedConsumer, type Finding, type Severity, type Subject } from "./finding";
export type * from "./plan/plan-model";
export { readPlan, type PlanSource } from "./plan/read-plan";
export { messageOf, readPlanLog } from "./plan/read-plan-log";
export { SENSITIVE } from "./plan/redaction";
export type * from "./review";
export { percent, removalsOver, removalsText, totalRemovals, type RemovalPlan, type TypeRemovals } from "./rules/removals";
export { readRemovalChanges } from "./rules/removal-changes";
export { removalPlansOf } from "./rules/removals-over-limit";
export type { AccountConsumers, KnownConsumer } from "./rules/consumers";
export type { WaitingPart } from "./rules/context";
export {
  readConstructOrigins,
  type ConstructOrigin,
  type ConstructOrigins,
  type PartOrigins,
  type SourceFiles,
} from "./plan/construct-origins";
export type { AccountSpace } from "./plan/space-tree";
export { DEFAULT_MOST_REMOVALS, review, type ReviewInput } from "./review-plans";
export { isAcceptance, type GivenAcceptance } from "./gate/acceptance";
export { isFindingCode, parseFailOn, type FailOn } from "./gate/fail-on";
export { fingerprintOf } from "./gate/fingerprint";
export { judge, judgeReview, type Judgment } from "./gate/judge";
export { countedLimit, DEFAULT_RULES, type FileRules, type GatePolicy } from "./gate/policy";
export { postedReview, type PostingContext } from "./posting/content";
export { post, type PostedPart, type PostedReview, type PostOutcome } from "./posting/post";
export type * from "./posting/pull-request-port";
export { renderSpacelift } from "./posting/spacelift";
export { renderReviewJson } from "./rendering/json";
export { renderReviewGitHub, renderReviewSarif } from "./rendering/annotations";
export { reviewSchema } from "./rendering/json-format";
export { renderMarkdown } from "./rendering/markdown";
export { renderPage } from "./rendering/page/page";
export { renderTerminal } from "./rendering/terminal";
export { summaryLine } from "./rendering/wording";
