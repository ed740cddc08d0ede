/** A review as the custom input of Spacelift's policies: `bitlift.custom.spacelift.json`. */
import { visibleJson } from "../../diagnostics";
import { renderMarkdown } from "../rendering/markdown";
import { summaryLine } from "../rendering/wording";
import type { Review } from "../review";

const FORMAT = 1;

/** One JSON object. Policies read it as `input.third_party_metadata.custom.bitlift`. Ends with a line break. */
export function renderSpacelift(review: Review): string {
  const document = {
    format: FORMAT,
    summary: summaryLine(review),
    blocked: review.blocked,
    counts: review.counts,
    findings: review.findings.map(({ code, severity, subject, what, todo, verdict, affected }) => ({
      code,
      severity,
      key: subject.key,
      what,
      todo: todo ?? null,
      verdict,
      consumers: affected.consumers.map(({ kind, name }) => ({ kind, name })),
      repositories: affected.repositories,
    })),
    comment: renderMarkdown(review),
  };
  return `${visibleJson(document)}\n`;
}
