// Pull requests and branches of an emulated repository, and the changes that produce events.
import type { Comment } from "./comment";

export interface PullRequest {
  readonly id: number;
  title: string;
  description: string;
  state: "OPEN" | "MERGED" | "DECLINED";
  readonly source: string;
  target: string;
  /** Every head of the source branch while the pull request was open, newest last. */
  readonly commits: string[];
  targetCommit: string;
  mergeCommit: string | null;
  approved: boolean;
  /** Oldest first, with the deleted ones. */
  readonly comments: Comment[];
  /** The number of changes since the pull request was created. */
  version: number;
  /** Milliseconds since the epoch, like `updatedDate`. */
  readonly createdDate: number;
  updatedDate: number;
}

/** The part of a repository that pushes and pull requests change. */
export interface WithBranches {
  /** The head of each branch, 40 hex digits. */
  readonly branches: Map<string, string>;
  /** Every commit that the repository ever had. */
  readonly commits: Set<string>;
  readonly pullRequests: Map<number, PullRequest>;
  /** The highest id of a comment so far. */
  lastCommentId: number;
}

/** A new head of a branch. */
export interface Push {
  readonly branch: string;
  /** 40 hex digits. */
  readonly commit: string;
  /** The previous head; null for a new branch. */
  readonly before: string | null;
  readonly message: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

export type ModifiableFields = Pick<PullRequest, "title" | "description" | "target" | "targetCommit">;

export type PullRequestChange =
  | { readonly kind: "created" | "approved" | "unapproved" | "declined" | "merged" }
  /** The source branch has a new head. */
  | { readonly kind: "commits"; readonly before: string }
  /** The title, description or target changed, with or without new commits at the same time. */
  | { readonly kind: "modified"; readonly before: ModifiableFields; readonly withCommits: boolean }
  | { readonly kind: "comment"; readonly comment: Comment };
