// Pull requests as JSON, for deliveries and for the list of a commit's pull requests.
import type { CommentAuthor } from "../../core/comment";
import type { PullRequest } from "../../core/pull-request";
import { toSlug } from "../../core/slug";
import { createRepositoryLinks } from "./links";
import { createUserLinks, formatTimestamp, serializeRepositoryReference } from "./serializers";
import { fullName, type Repository } from "./store";

export const ACTOR_UUID = "{5d0a4c1e-6f7b-4d1c-9a3e-2b1f0c8d7e6a}";

/** The person who pushes, approves, comments and merges in the sandbox. */
export const ACTOR: CommentAuthor = { id: ACTOR_UUID, displayName: "Sandbox Developer" };

export function serializeActor(apiUrl: string) {
  return serializeAuthor(apiUrl, ACTOR);
}

/** Access tokens have users of their own, which look like people here. */
export function serializeAuthor(apiUrl: string, { id, displayName }: CommentAuthor) {
  return {
    type: "user",
    display_name: displayName,
    nickname: toSlug(displayName),
    uuid: id,
    account_id: `557058:${id.slice(1, -1)}`,
    links: createUserLinks(apiUrl, id),
  };
}

/** Parts of a pull request that the API serves below its URL. */
const SUBRESOURCES = [
  ...(["commits", "approve", "request-changes", "diff", "diffstat", "comments"] as const),
  ...(["activity", "merge", "decline", "statuses"] as const),
];

export function serializePullRequest(apiUrl: string, repository: Repository, pullRequest: PullRequest) {
  const { id, title, description, state, source, target, commits, targetCommit, mergeCommit } = pullRequest;
  return {
    type: "pullrequest",
    id,
    title,
    description,
    state,
    author: serializeActor(apiUrl),
    source: serializeBranchEnd(apiUrl, repository, source, commits.at(-1) ?? ""),
    destination: serializeBranchEnd(apiUrl, repository, target, targetCommit),
    reviewers: [],
    participants: [serializeParticipant(apiUrl, pullRequest)],
    close_source_branch: false,
    comment_count: pullRequest.comments.filter(({ deleted }) => !deleted).length,
    task_count: 0,
    reason: state === "DECLINED" ? "Declined in the sandbox" : "",
    merge_commit:
      mergeCommit === null ? null : { hash: mergeCommit.slice(0, 12), links: createCommitLinks(apiUrl, repository, mergeCommit) },
    closed_by: state === "OPEN" ? null : serializeActor(apiUrl),
    summary: serializeText(description),
    rendered: { title: serializeText(title), description: serializeText(description) },
    created_on: formatTimestamp(pullRequest.createdDate),
    updated_on: formatTimestamp(pullRequest.updatedDate),
    draft: false,
    links: createPullRequestLinks(apiUrl, repository, pullRequest),
  };
}

function serializeParticipant(apiUrl: string, { approved, updatedDate }: PullRequest) {
  return {
    type: "participant",
    user: serializeActor(apiUrl),
    role: "PARTICIPANT",
    approved,
    state: approved ? "approved" : null,
    participated_on: formatTimestamp(updatedDate),
  };
}

function createPullRequestLinks(apiUrl: string, repository: Repository, pullRequest: PullRequest) {
  const self = `${createRepositoryLinks(apiUrl, repository).self.href}/pullrequests/${pullRequest.id}`;
  return {
    self: { href: self },
    html: { href: buildPullRequestPageUrl(repository, pullRequest) },
    ...Object.fromEntries(SUBRESOURCES.map((name) => [name, { href: `${self}/${name}` }])),
  };
}

export function buildPullRequestPageUrl(repository: Repository, pullRequest: PullRequest): string {
  return `https://bitbucket.org/${fullName(repository)}/pull-requests/${pullRequest.id}`;
}

export function createCommitLinks(apiUrl: string, repository: Repository, hash: string) {
  return {
    self: { href: `${createRepositoryLinks(apiUrl, repository).self.href}/commit/${hash}` },
    html: { href: `https://bitbucket.org/${fullName(repository)}/commits/${hash}` },
  };
}

/** HTML in the text is escaped. Markdown stays as it is, because the sandbox does not render it. */
export function serializeText(text: string) {
  return { type: "rendered", raw: text, markup: "markdown", html: text === "" ? "" : `<p>${escapeHtml(text)}</p>` };
}

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function serializeBranchEnd(apiUrl: string, repository: Repository, branch: string, commit: string) {
  return {
    branch: { name: branch },
    commit: { type: "commit", hash: commit.slice(0, 12), links: createCommitLinks(apiUrl, repository, commit) },
    repository: serializeRepositoryReference(apiUrl, repository),
  };
}
