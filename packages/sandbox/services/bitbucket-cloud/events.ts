// The event catalog of Bitbucket Cloud, deliberately independent of the one in packages/domain. A test compares the two.

export interface EventType {
  readonly event: string;
  readonly category: "Repository" | "Pull Request" | "Issue" | "Project" | "Pipelines";
  readonly label: string;
  readonly description: string;
  /** Only webhooks of a workspace can subscribe to it. Assumed, except for the two events that the specification names. */
  readonly workspaceOnly?: true;
  /** The scope required to subscribe, in addition to the webhook scopes. */
  readonly scope: readonly [classic: string, apiToken: string];
}

const REPOSITORY = ["repository", "read:repository:bitbucket"] as const;
const PULL_REQUEST = ["pullrequest", "read:pullrequest:bitbucket"] as const;
const ISSUE = ["issue", "read:issue:bitbucket"] as const;
const PROJECT = ["project", "read:project:bitbucket"] as const;
const PIPELINE = ["pipeline", "read:pipeline:bitbucket"] as const;

const repository = (event: string, label: string, description: string): EventType => ({
  event,
  category: "Repository",
  label,
  description,
  scope: REPOSITORY,
});
const pullRequest = (event: string, label: string, description: string): EventType => ({
  event,
  category: "Pull Request",
  label,
  description,
  scope: PULL_REQUEST,
});
const issue = (event: string, label: string, description: string): EventType => ({
  event,
  category: "Issue",
  label,
  description,
  scope: ISSUE,
});

export const EVENT_TYPES: readonly EventType[] = [
  repository("repo:push", "Push", "Commits, branches or tags were pushed"),
  repository("repo:fork", "Fork", "The repository was forked"),
  repository("repo:updated", "Updated", "Name, description or settings changed"),
  repository("repo:transfer", "Transfer accepted", "The repository moved to another workspace"),
  { ...repository("repo:created", "Created", "A repository was created"), workspaceOnly: true },
  repository("repo:deleted", "Deleted", "The repository was deleted"),
  repository("repo:imported", "Import", "An import ended"),
  repository("repo:commit_comment_created", "Commit comment created", "A commit got a comment"),
  repository("repo:commit_status_created", "Build status created", "A commit got a build status"),
  repository("repo:commit_status_updated", "Build status updated", "A build status of a commit changed"),
  pullRequest("pullrequest:created", "Created", "A pull request was opened"),
  pullRequest("pullrequest:updated", "Updated", "Commits, title, description or reviewers changed"),
  pullRequest("pullrequest:push", "Push", "Commits were pushed to the source branch"),
  pullRequest("pullrequest:approved", "Approved", "A reviewer approved"),
  pullRequest("pullrequest:unapproved", "Approval removed", "A reviewer took the approval back"),
  pullRequest("pullrequest:changes_request_created", "Changes request created", "A reviewer asked for changes"),
  pullRequest("pullrequest:changes_request_removed", "Changes request removed", "A reviewer took the request for changes back"),
  pullRequest("pullrequest:fulfilled", "Merged", "A pull request was merged"),
  pullRequest("pullrequest:rejected", "Declined", "A pull request was declined"),
  pullRequest("pullrequest:comment_created", "Comment created", "A pull request got a comment"),
  pullRequest("pullrequest:comment_updated", "Comment updated", "A comment of a pull request changed"),
  pullRequest("pullrequest:comment_deleted", "Comment deleted", "A comment of a pull request was deleted"),
  pullRequest("pullrequest:comment_resolved", "Comment resolved", "A comment of a pull request was resolved"),
  pullRequest("pullrequest:comment_reopened", "Comment reopened", "A resolved comment was opened again"),
  issue("issue:created", "Created", "An issue was created"),
  issue("issue:updated", "Updated", "An issue changed"),
  issue("issue:comment_created", "Comment created", "An issue got a comment"),
  {
    event: "project:updated",
    category: "Project",
    label: "Updated",
    description: "A project changed",
    workspaceOnly: true,
    scope: PROJECT,
  },
  {
    event: "pipeline:span_created",
    category: "Pipelines",
    label: "Span created",
    description: "A pipeline reported a span",
    scope: PIPELINE,
  },
];

const BY_KEY = new Map(EVENT_TYPES.map((type) => [type.event, type]));

export type SubjectType = "repository" | "workspace";

export function findEventType(key: string): EventType | undefined {
  return BY_KEY.get(key);
}

/** The events that a webhook of this subject can subscribe to. */
export function listEventTypes(subject: SubjectType): readonly EventType[] {
  return subject === "workspace" ? EVENT_TYPES : EVENT_TYPES.filter((type) => type.workspaceOnly !== true);
}
