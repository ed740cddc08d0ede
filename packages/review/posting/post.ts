/** Posts a review into a pull request: one comment, one build status, one report. A failure of one does not stop the others, and changes no exit code. */
import { postComment } from "./comment";
import type { PortAnnotation, PortComment, PortReport, PortStatus, PullRequestPort } from "./pull-request-port";

export interface PostedReview {
  readonly text: string;
  /** The last line of the text. */
  readonly marker: string;
  readonly status: PortStatus;
  readonly report: PortReport;
  /** The most severe first. */
  readonly annotations: readonly PortAnnotation[];
}

export type PostedPart = "comment" | "build status" | "report";

export interface PostOutcome {
  readonly part: PostedPart;
  /** What was thrown; undefined after a success. */
  readonly failure: unknown;
}

export async function post<Comment extends PortComment>(
  port: PullRequestPort<Comment>,
  { text, marker, status, report, annotations }: PostedReview,
): Promise<readonly PostOutcome[]> {
  return [
    await outcomeOf("comment", () => postComment(port, text, marker)),
    await outcomeOf("build status", () => port.setStatus(status)),
    await outcomeOf("report", () => port.replaceReport(report, annotations.slice(0, port.maxAnnotations))),
  ];
}

async function outcomeOf(part: PostedPart, work: () => Promise<unknown>): Promise<PostOutcome> {
  try {
    await work();
    return { part, failure: undefined };
  } catch (failure) {
    return { part, failure };
  }
}
