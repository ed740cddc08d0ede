// The pushes and pull-request actions that the control path accepts.

export interface PushInput {
  readonly branch: string;
  /** 40 hex digits. Default: a new commit. */
  readonly commit?: string | undefined;
  readonly message?: string | undefined;
}

export const PULL_REQUEST_ACTIONS = ["created", "updated", "modified", "approved", "unapproved", "merged", "comment", "declined"] as const;

export interface PullRequestInput {
  readonly action: (typeof PULL_REQUEST_ACTIONS)[number];
  /** Required for every action except `created`. */
  readonly id?: number | undefined;
  /** For `created`: required. */
  readonly source?: string | undefined;
  /** For `created`: the main branch by default. For `updated` and `modified`: the new target. */
  readonly target?: string | undefined;
  /** For `created`, `updated` and `modified`, like the description. */
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  /** For `updated`: a new head of the source branch. For `merged`: the merge commit. */
  readonly commit?: string | undefined;
  /** For `comment`. */
  readonly message?: string | undefined;
}
