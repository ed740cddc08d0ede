/** The gate: which findings block, which are accepted, and which the base has too. */
import type { FindingCode } from "../catalog";
import type { Finding } from "../finding";
import type { JudgedFinding, Review } from "../review";
import { isExpired, isMeantOnBase, nameOf, type GivenAcceptance } from "./acceptance";
import { acceptanceFindings } from "./acceptance-findings";
import { mayBlock } from "./fail-on";
import { fingerprintOf } from "./fingerprint";
import { inOrder } from "./order";
import type { GatePolicy } from "./policy";

export interface Judgment {
  readonly findings: readonly JudgedFinding[];
  readonly blocked: boolean;
}

/** The findings with their verdicts, and those about the acceptances, most severe first. */
export function judge(findings: readonly Finding[], policy: GatePolicy): Judgment {
  const all = inOrder([...findings, ...acceptanceFindings(findings, policy)]);
  const judged = all.map((finding) => judgeOne(finding, policy));
  return { findings: judged, blocked: judged.some(({ verdict }) => verdict === "blocks") };
}

/** The same review with the verdicts of the gate. */
export function judgeReview(review: Review, policy: GatePolicy): Review {
  return { ...review, ...judge(review.findings, policy) };
}

function judgeOne(finding: Finding, policy: GatePolicy): JudgedFinding {
  if (policy.known.has(fingerprintOf(finding))) return { ...finding, verdict: "known", note: undefined };
  if (!mayBlock(policy.failOn, finding)) return { ...finding, verdict: "open", note: undefined };
  if (finding.code === "removals-over-limit" && policy.acceptsRemovals)
    return { ...finding, verdict: "accepted", note: "--accept-removals" };
  const acceptable = isAcceptable(finding);
  const acceptance = acceptable ? acceptanceOf(finding, policy) : undefined;
  if (acceptance !== undefined) return { ...finding, acceptable, verdict: "accepted", note: acceptance.note };
  const details = [...finding.details, ...reasons({ ...finding, acceptable }, policy)];
  return { ...finding, acceptable, details, verdict: "blocks", note: undefined };
}

/** Rules say nothing about what blocks only because somebody named its code. What is about acceptances cannot be accepted by one more of them. */
function isAcceptable({ acceptable, severity, code }: Finding): boolean {
  return acceptable || ((severity === "info" || severity === "notice") && !ABOUT_ACCEPTANCES.has(code));
}

export const ABOUT_ACCEPTANCES: ReadonlySet<string> = new Set<FindingCode>([
  "acceptance-expired",
  "acceptance-stale",
  "accepted-in-this-change",
  "base-file-missing",
]);

function acceptanceOf(finding: Finding, { commandLine, head, base, acceptFromHead, today }: GatePolicy): GivenAcceptance | undefined {
  const name = nameOf(finding);
  const agreed = base !== undefined && isMeantOnBase(finding, base) ? base.accept : [];
  const counting = [...commandLine, ...agreed, ...(acceptFromHead ? (head?.accept ?? []) : [])];
  return counting.find((acceptance) => acceptance.finding === name && !isExpired(acceptance, today));
}

/** Why an acceptance in the file does not help. */
function reasons(finding: Finding, { head, base, today }: GatePolicy): readonly string[] {
  const own = head?.accept.find((acceptance) => acceptance.finding === nameOf(finding));
  if (own === undefined) return [];
  if (!finding.acceptable) return ["The file accepts this, but it cannot be accepted."];
  if (isExpired(own, today)) return [`The file accepted this until ${own.until ?? ""}.`];
  const isOnBase = base?.accept.some((acceptance) => acceptance.finding === own.finding && !isExpired(acceptance, today)) ?? false;
  if (isOnBase) return ["The file accepts this for the object that had the key on the base, so it does not count for this one."];
  return base === undefined
    ? ["The file accepts this, but without --base only --accept counts."]
    : ["The file accepts this in this change, so it does not count."];
}
