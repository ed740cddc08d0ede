// The bodies of webhook deliveries.
import type { PullRequest, Push } from "../../core/pull-request";
import { createRepositoryLinks } from "./links";
import { createCommitLinks, escapeHtml, buildPullRequestPageUrl, serializeActor, serializePullRequest } from "./pull-request-serializer";
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
  text: string,
) {
  return {
    ...createEventDetail(apiUrl, repository, pullRequest, event, text),
    pullrequest: serializePullRequest(apiUrl, repository, pullRequest),
    repository: serializeRepositorySummary(apiUrl, repository),
    actor: serializeActor(apiUrl),
  };
}

function createEventDetail(apiUrl: string, repository: Repository, pullRequest: PullRequest, event: PullRequestEvent, text: string) {
  if (event === "pullrequest:approved" || event === "pullrequest:unapproved") {
    return { approval: { date: formatTimestamp(pullRequest.updatedDate), user: serializeActor(apiUrl) } };
  }
  if (event !== "pullrequest:comment_created") return {};
  const comment = {
    type: "pullrequest_comment",
    id: pullRequest.comments,
    content: { type: "rendered", raw: text, markup: "markdown", html: `<p>${escapeHtml(text)}</p>` },
    user: serializeActor(apiUrl),
    created_on: formatTimestamp(pullRequest.updatedDate),
    updated_on: formatTimestamp(pullRequest.updatedDate),
    deleted: false,
    pullrequest: {
      type: "pullrequest",
      id: pullRequest.id,
      title: pullRequest.title,
      links: { html: { href: buildPullRequestPageUrl(repository, pullRequest) } },
    },
    links: {
      self: {
        href: `${createRepositoryLinks(apiUrl, repository).self.href}/pullrequests/${pullRequest.id}/comments/${pullRequest.comments}`,
      },
      html: { href: `${buildPullRequestPageUrl(repository, pullRequest)}#comment-${pullRequest.comments}` },
    },
  };
  return { comment };
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
