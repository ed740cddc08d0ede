// Pull requests and branches of an emulated repository, and the changes that produce events.

export interface PullRequest {
  readonly id: number;
  title: string;
  description: string;
  state: "OPEN" | "MERGED" | "DECLINED";
  readonly source: string;
  target: string;
  /** Every head that the source branch had while the pull request was open, the newest last. */
  readonly commits: string[];
  targetCommit: string;
  mergeCommit: string | null;
  approved: boolean;
  comments: number;
  /** Counts the changes, from 0. */
  version: number;
  /** Milliseconds since the epoch, as `updatedDate`. */
  readonly createdDate: number;
  updatedDate: number;
}

/** As much of a repository as pushes and pull requests change. */
export interface WithBranches {
  /** Head of each branch, 40 hex digits. */
  readonly branches: Map<string, string>;
  readonly pullRequests: Map<number, PullRequest>;
}

/** A branch that got a new head. */
export interface Push {
  readonly branch: string;
  /** 40 hex digits. */
  readonly commit: string;
  /** The head before; null for a new branch. */
  readonly before: string | null;
  readonly message: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

type Modifiable = Pick<PullRequest, "title" | "description" | "target" | "targetCommit">;

/** What happened to a pull request. */
export type PullRequestChange =
  | { readonly kind: "created" | "approved" | "unapproved" | "declined" | "merged" }
  /** The source branch has a new head. */
  | { readonly kind: "commits"; readonly before: string }
  /** Title, description or target, in the same breath as new commits or by themselves. */
  | { readonly kind: "modified"; readonly before: Modifiable; readonly withCommits: boolean }
  | { readonly kind: "comment"; readonly text: string };
