// The bodies of webhook deliveries.
import type { Comment } from "../../core/comment";
import type { PullRequest, Push } from "../../core/pull-request";
import { serializeComment } from "./comment-serializer";
import { createRepositoryLinks } from "./links";
import { createCommitLinks, escapeHtml, serializeActor, serializePullRequest } from "./pull-request-serializer";
import { formatTimestamp, serializeRepositorySummary } from "./serializers";
import { fullName, type Repository } from "./store";

export function createPushPayload(apiUrl: string, repository: Repository, push: Push) {
  const { branch, commit, before, message, time } = push;
  const date = formatTimestamp(time);
  const head = serializeCommit(apiUrl, repository, { hash: commit, message, date, parents: before === null ? [] : [before] });
  const previous = before === null ? null : serializeCommit(apiUrl, repository, { hash: before, message: "Earlier", date, parents: [] });
  const self = createRepositoryLinks(apiUrl, repository).self.href;
  const page = `https://bitbucket.org/${fullName(repository)}`;
  const range = before === null ? commit : `${commit}..${before}`;
  return {
    push: {
      changes: [
        {
          new: serializeBranch(apiUrl, repository, branch, head),
          old: previous === null ? null : serializeBranch(apiUrl, repository, branch, previous),
          created: before === null,
          closed: false,
          forced: false,
          truncated: false,
          commits: [head],
          links: {
            html: { href: `${page}/branches/compare/${range}` },
            diff: { href: `${self}/diff/${range}` },
            commits: { href: `${self}/commits?include=${commit}` },
          },
        },
      ],
    },
    repository: serializeRepositorySummary(apiUrl, repository),
    actor: serializeActor(apiUrl),
  };
}

export type PullRequestEvent =
  | "pullrequest:created"
  | "pullrequest:updated"
  | "pullrequest:push"
  | "pullrequest:approved"
  | "pullrequest:unapproved"
  | "pullrequest:fulfilled"
  | "pullrequest:rejected"
  | "pullrequest:comment_created";

export function createPullRequestPayload(
  apiUrl: string,
  repository: Repository,
  pullRequest: PullRequest,
  event: PullRequestEvent,
  comment?: Comment,
) {
  return {
    ...createEventDetail(apiUrl, repository, pullRequest, event, comment),
    pullrequest: serializePullRequest(apiUrl, repository, pullRequest),
    repository: serializeRepositorySummary(apiUrl, repository),
    actor: serializeActor(apiUrl),
  };
}

function createEventDetail(
  apiUrl: string,
  repository: Repository,
  pullRequest: PullRequest,
  event: PullRequestEvent,
  comment: Comment | undefined,
) {
  if (event === "pullrequest:approved" || event === "pullrequest:unapproved") {
    return { approval: { date: formatTimestamp(pullRequest.updatedDate), user: serializeActor(apiUrl) } };
  }
  if (comment === undefined) return {};
  return { comment: serializeComment(apiUrl, { repository, pullRequest }, comment, { "deleted-comments": "text" }) };
}

interface Commit {
  readonly hash: string;
  readonly message: string;
  readonly date: string;
  readonly parents: readonly string[];
}

function serializeCommit(apiUrl: string, repository: Repository, { hash, message, date, parents }: Commit) {
  return {
    type: "commit",
    hash,
    author: { type: "author", raw: "Sandbox Developer <developer@sandbox.invalid>", user: serializeActor(apiUrl) },
    date,
    message,
    summary: { type: "rendered", raw: message, markup: "markdown", html: `<p>${escapeHtml(message)}</p>` },
    parents: parents.map((parent) => ({ type: "commit", hash: parent, links: createCommitLinks(apiUrl, repository, parent) })),
    links: createCommitLinks(apiUrl, repository, hash),
  };
}

function serializeBranch(apiUrl: string, repository: Repository, name: string, target: ReturnType<typeof serializeCommit>) {
  const self = `${createRepositoryLinks(apiUrl, repository).self.href}/refs/branches/${encodeURIComponent(name)}`;
  return {
    type: "branch",
    name,
    target,
    links: { self: { href: self }, html: { href: `https://bitbucket.org/${fullName(repository)}/branch/${encodeURIComponent(name)}` } },
  };
}
