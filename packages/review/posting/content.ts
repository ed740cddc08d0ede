/** What a review says in a pull request: the comment, the build status, and the report with an annotation for each finding. */
import { createHash } from "node:crypto";
import { visibleText } from "../../diagnostics";
import { SEVERITIES, type Severity } from "../finding";
import { placeInRepository, plainMessage } from "../rendering/annotations";
import { renderMarkdown, reviewMarker } from "../rendering/markdown";
import { SEVERITY_TITLES, summaryLine } from "../rendering/wording";
import type { JudgedFinding, Review } from "../review";
import type { PostedReview } from "./post";
import type { PortAnnotation } from "./pull-request-port";

export interface PostingContext {
  /** The page that the status and the report link to. */
  readonly url: string;
  /** The source branch. */
  readonly branch: string | undefined;
  /** From the root of the repository to the folder of the file, such as `infrastructure/`. */
  readonly prefix: string;
  /** Distinguishes several projects of one repository; undefined for the one at the root. */
  readonly project: string | undefined;
}

const KEY = "bitlift-review";
const REPORT_SEVERITIES: Readonly<Record<Severity, PortAnnotation["severity"]>> = {
  danger: "high",
  warning: "medium",
  notice: "low",
  info: "low",
};

export function postedReview(review: Review, { url, branch, prefix, project }: PostingContext): PostedReview {
  const news = review.findings.filter(({ verdict }) => verdict !== "known");
  const passed = !review.blocked && review.parts.every(({ status }) => status !== "failed");
  const title = project === undefined ? "Bitlift review" : `Bitlift review of ${visibleText(project)}`;
  const options = project === undefined ? {} : { project };
  const summary = summaryLine(review);
  return {
    text: renderMarkdown(review, options),
    marker: reviewMarker(project),
    status: { key: keyOf(project), state: passed ? "successful" : "failed", name: title, description: summary, url, branch },
    report: {
      key: keyOf(project),
      title,
      details: summary,
      passed,
      url,
      numbers: SEVERITIES.toReversed().map((severity) => ({
        title: `${SEVERITY_TITLES[severity]} findings`,
        value: news.filter((finding) => finding.severity === severity).length,
      })),
    },
    annotations: annotationsOf(news, prefix),
  };
}

/** At most 40 characters. */
function keyOf(project: string | undefined): string {
  return project === undefined ? KEY : `${KEY}-${hash(project)}`;
}

function annotationsOf(findings: readonly JudgedFinding[], prefix: string): readonly PortAnnotation[] {
  const mostSevereFirst = [...findings].sort((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity));
  const occurrences = new Map<string, number>();
  return mostSevereFirst.map((finding) => {
    const { code, severity, subject, what } = finding;
    const identity = JSON.stringify([code, subject.key, subject.address]);
    const occurrence = occurrences.get(identity) ?? 0;
    occurrences.set(identity, occurrence + 1);
    const place = placeInRepository(subject.place, prefix);
    return {
      id: `${KEY}-${hash(`${identity}${occurrence}`)}`,
      severity: REPORT_SEVERITIES[severity],
      summary: visibleText(`${SEVERITY_TITLES[severity]}: ${what} [${code}]`),
      details: visibleText(plainMessage(finding)),
      path: place?.file,
      line: place?.line,
    };
  });
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
