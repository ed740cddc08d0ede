/** What a review reads and writes around a pull request, as the clients of both Bitbucket products offer it. */
import type { RepositoryRef } from "./repository-webhooks";

export interface PullRequest {
  /** A number in digits. */
  readonly id: string;
  readonly isOpen: boolean;
  readonly sourceBranch: string;
  /** The newest commit of the source branch; Bitbucket Cloud shortens it. */
  readonly sourceCommit: string;
  readonly destinationBranch: string;
  /** For people; null if the server does not say. */
  readonly url: string | null;
}

export interface PullRequestComment {
  readonly id: string;
  readonly text: string;
  /** For a change on Bitbucket Data Center; null on Bitbucket Cloud. */
  readonly version: number | null;
  /** Identifies the account that wrote it; null if the server does not say. */
  readonly author: string | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

export type BuildState = "successful" | "failed";

export interface BuildStatus {
  /** Identifies the status: the same key replaces it. At most 40 characters. */
  readonly key: string;
  readonly state: BuildState;
  readonly name: string;
  readonly description: string;
  readonly url: string;
  /** The source branch, which binds the status to its pull request. */
  readonly branch: string | undefined;
}

export interface InsightsReport {
  /** Identifies the report: the same key replaces it. */
  readonly key: string;
  readonly title: string;
  readonly details: string;
  readonly passed: boolean;
  readonly url: string | undefined;
  readonly numbers: readonly { readonly title: string; readonly value: number }[];
}

export interface InsightsAnnotation {
  /** Unique in its report. */
  readonly id: string;
  readonly severity: "high" | "medium" | "low";
  readonly summary: string;
  readonly details: string;
  /** Relative to the root of the repository. */
  readonly path: string | undefined;
  /** From 1. */
  readonly line: number | undefined;
}

export interface PullRequests {
  /** @throws Problem `review-target-not-found` */
  read(repository: RepositoryRef, id: string): Promise<PullRequest>;
  /** Open pull requests with this source branch in this repository. @throws Problem */
  findOpen(repository: RepositoryRef, sourceBranch: string): Promise<readonly PullRequest[]>;
}

export interface PullRequestComments {
  /** General comments that are not deleted, and no replies; the oldest first. @throws Problem */
  list(repository: RepositoryRef, pullRequest: string): Promise<readonly PullRequestComment[]>;
  /** @throws Problem with execution "unknown" if the response was lost: list before a second attempt */
  create(repository: RepositoryRef, pullRequest: string, text: string): Promise<PullRequestComment>;
  /** Reads the comment again if somebody else changed it at the same time. @throws Problem */
  change(repository: RepositoryRef, pullRequest: string, comment: PullRequestComment, text: string): Promise<void>;
  /** A comment that is gone already is not a failure. @throws Problem */
  remove(repository: RepositoryRef, pullRequest: string, comment: PullRequestComment): Promise<void>;
}

export interface BuildStatuses {
  /** Creates the status, or replaces the one with the same key. @throws Problem */
  set(repository: RepositoryRef, commit: string, status: BuildStatus): Promise<void>;
}

export interface CodeInsights {
  /** The most annotations of one report. */
  readonly maxAnnotations: number;
  /** Replaces the report with everything in it. @throws Problem */
  replace(repository: RepositoryRef, commit: string, report: InsightsReport, annotations: readonly InsightsAnnotation[]): Promise<void>;
}

/** Cuts at a character, not within one, and says that something is missing. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

export function oldestFirst(comments: readonly PullRequestComment[]): readonly PullRequestComment[] {
  return [...comments].sort((a, b) => a.createdAt - b.createdAt || Number(a.id) - Number(b.id));
}
