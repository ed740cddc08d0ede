/** `docs/guides/review-findings.md`: every finding of a review, with its severities and whether it can be accepted. */
import { codePage } from "../../packages/domain";
import { FINDING_CODES, REVIEW_EXPLANATIONS, SEVERITY_CASES, ABOUT_ACCEPTANCES, type FindingCode } from "../../packages/review";
import { writeDocument } from "./document";

export async function generateReviewFindings(): Promise<void> {
  const rows = FINDING_CODES.map((code) => {
    const cases = SEVERITY_CASES[code].map(([severity, when]) => `**${severity}**: ${when}`).join("; ");
    const { cause } = REVIEW_EXPLANATIONS[code];
    return `| [\`${code}\`](${pageOf(code)}) | ${cases} | ${cause} | ${isAcceptable(code) ? "yes" : "no"} |`;
  });
  const text = [
    "# Findings of a review",
    "What `bitlift review` finds in plans. Whoever loses something, or may lose it without anybody knowing, is a danger. A notice or an information blocks nothing, unless `--fail-on` names its code.",
    ["| Code | Severity | When | Can be accepted |", "| --- | --- | --- | --- |", ...rows].join("\n"),
    `A finding is accepted by its code and the key of its subject, such as \`integration-deleted:payments\` or \`${FINDING_CODES.find((code) => code === "webhook-deleted") ?? ""}:payments/acme-workspace/infrastructure\`. Without a file, the key is the address in the plan.`,
  ].join("\n\n");
  await writeDocument(
    "docs/guides/review-findings.md",
    { generator: "tools/generate/review-findings.ts", source: "packages/review" },
    `${text}\n`,
  );
}

/** Notices can be accepted too, which matters only if `--fail-on` names their code. What is about acceptances cannot. */
function isAcceptable(code: FindingCode): boolean {
  return code !== "plan-failed" && !ABOUT_ACCEPTANCES.has(code);
}

function pageOf(code: FindingCode): string {
  return `../diagnostics.md${new URL(codePage(code)).hash || `#${code}`}`;
}
