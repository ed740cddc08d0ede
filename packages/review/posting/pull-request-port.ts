/** What posting needs from Bitbucket: one pull request, and one commit in it. The clients implement it. */

export interface PortComment {
  readonly id: string;
  readonly text: string;
  /** Identifies the account that wrote it; null if that is not known. */
  readonly author: string | null;
}

export interface PortStatus {
  /** The same key replaces the status. At most 40 characters. */
  readonly key: string;
  readonly state: "successful" | "failed";
  readonly name: string;
  readonly description: string;
  readonly url: string;
  /** The source branch of the pull request. */
  readonly branch: string | undefined;
}

export interface PortReport {
  readonly key: string;
  readonly title: string;
  readonly details: string;
  readonly passed: boolean;
  readonly url: string | undefined;
  readonly numbers: readonly { readonly title: string; readonly value: number }[];
}

export interface PortAnnotation {
  readonly id: string;
  readonly severity: "high" | "medium" | "low";
  readonly summary: string;
  readonly details: string;
  readonly path: string | undefined;
  readonly line: number | undefined;
}

export interface PullRequestPort<Comment extends PortComment = PortComment> {
  /** The most annotations of one report. */
  readonly maxAnnotations: number;
  /** General comments that are not deleted, the oldest first. */
  listComments(): Promise<readonly Comment[]>;
  createComment(text: string): Promise<Comment>;
  changeComment(comment: Comment, text: string): Promise<void>;
  /** A comment that is gone already is not a failure. */
  removeComment(comment: Comment): Promise<void>;
  setStatus(status: PortStatus): Promise<void>;
  /** Replaces the report with everything in it. */
  replaceReport(report: PortReport, annotations: readonly PortAnnotation[]): Promise<void>;
}
