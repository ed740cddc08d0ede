// Pull requests as JSON, for deliveries and REST responses.
import type { CommentAuthor } from "../../core/comment";
import type { PullRequest } from "../../core/pull-request";
import { type SerializerContext, serializeRepository, serializeUser } from "./serializers";
import type { Repository, User } from "./store";
import { isAtLeast, SINCE } from "./version";

export const NO_COMMIT = "0".repeat(40);

export const createUser = (id: number, name: string, displayName: string): User => ({
  id,
  name,
  displayName,
  emailAddress: `${name}@sandbox.invalid`,
});

/** The user who pushes, and who opens and merges pull requests. */
export const AUTHOR = createUser(1_000_001, "sandbox-developer", "Sandbox Developer");
/** The same user as the author of a comment. */
export const COMMENTER: CommentAuthor = { id: AUTHOR.name, displayName: AUTHOR.displayName };
/** The user who approves pull requests, which their author cannot do. */
export const REVIEWER = createUser(1_000_002, "sandbox-reviewer", "Sandbox Reviewer");

/** Formats milliseconds since the epoch. */
type DateFormatter = (milliseconds: number) => number | string;

/** @param formatDate differs between deliveries and REST responses */
export function serializePullRequest(
  context: SerializerContext,
  repository: Repository,
  pullRequest: PullRequest,
  formatDate: DateFormatter,
) {
  const isOpen = pullRequest.state === "OPEN";
  return {
    id: pullRequest.id,
    version: pullRequest.version,
    title: pullRequest.title,
    description: pullRequest.description === "" ? undefined : pullRequest.description,
    state: pullRequest.state,
    open: isOpen,
    closed: !isOpen,
    draft: isAtLeast(context.switches.version, SINCE.drafts) ? false : undefined,
    createdDate: formatDate(pullRequest.createdDate),
    updatedDate: formatDate(pullRequest.updatedDate),
    closedDate: isOpen ? undefined : formatDate(pullRequest.updatedDate),
    fromRef: {
      ...serializeRef(pullRequest.source),
      latestCommit: pullRequest.commits.at(-1) ?? NO_COMMIT,
      repository: serializeRepository(context, repository),
    },
    toRef: {
      ...serializeRef(pullRequest.target),
      latestCommit: pullRequest.targetCommit,
      repository: serializeRepository(context, repository),
    },
    locked: false,
    author: { user: serializeUser(context, AUTHOR), role: "AUTHOR", approved: false, status: "UNAPPROVED" },
    reviewers: [serializeReviewer(context, pullRequest)],
    participants: [],
    properties: pullRequest.mergeCommit === null ? undefined : { mergeCommit: serializeCommitId(pullRequest.mergeCommit) },
    links: { self: [{ href: `${buildRepositoryPageUrl(context, repository)}/pull-requests/${pullRequest.id}` }] },
  };
}

export function serializeReviewer(context: SerializerContext, pullRequest: PullRequest) {
  return {
    user: serializeUser(context, REVIEWER),
    lastReviewedCommit: pullRequest.approved ? (pullRequest.commits.at(-1) ?? NO_COMMIT) : undefined,
    role: "REVIEWER",
    approved: pullRequest.approved,
    status: pullRequest.approved ? "APPROVED" : "UNAPPROVED",
  };
}

export function serializeRef(branch: string) {
  return { id: `refs/heads/${branch}`, displayId: branch, type: "BRANCH" };
}

export function serializeCommitId(id: string) {
  return { id, displayId: id.slice(0, 11) };
}

function buildRepositoryPageUrl({ baseUrl }: SerializerContext, { project, slug }: Repository): string {
  return project.owner === undefined
    ? `${baseUrl}/projects/${project.key}/repos/${slug}`
    : `${baseUrl}/users/${project.owner.name}/repos/${slug}`;
}
