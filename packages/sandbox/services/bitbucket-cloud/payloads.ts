// Bodies of deliveries.
import type { PullRequest, Push } from "../../core/pull-request";
import { serializeActor, createCommitLinks, escapeHtml, pullRequestPageUrl, serializePullRequest } from "./pull-request-serializer";
import { createRepositoryLinks } from "./links";
import { fullName, type Repository } from "./store";
import { serializeRepositorySummary, formatTimestamp } from "./serializers";

export function createPushPayload(api: string, repository: Repository, push: Push) {
  const { branch, commit, before, message, time } = push;
  const date = formatTimestamp(time);
  const head = serializeCommit(api, repository, { hash: commit, message, date, parents: before === null ? [] : [before] });
  const self = createRepositoryLinks(api, repository).self.href;
  const page = `https://bitbucket.org/${fullName(repository)}`;
  const range = before === null ? commit : `${commit}..${before}`;
  return {
    push: {
      changes: [
        {
          new: serializeBranch(api, repository, branch, head),
          old:
            before === null
              ? null
              : serializeBranch(
                  api,
                  repository,
                  branch,
                  serializeCommit(api, repository, { hash: before, message: "Earlier", date, parents: [] }),
                ),
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
    repository: serializeRepositorySummary(api, repository),
    actor: serializeActor(api),
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

export function createPullRequestPayload(api: string, repository: Repository, one: PullRequest, event: PullRequestEvent, text: string) {
  return {
    ...createEventDetail(api, repository, one, event, text),
    pullrequest: serializePullRequest(api, repository, one),
    repository: serializeRepositorySummary(api, repository),
    actor: serializeActor(api),
  };
}

function createEventDetail(api: string, repository: Repository, one: PullRequest, event: PullRequestEvent, text: string) {
  if (event === "pullrequest:approved" || event === "pullrequest:unapproved") {
    return { approval: { date: formatTimestamp(one.updatedDate), user: serializeActor(api) } };
  }
  if (event !== "pullrequest:comment_created") return {};
  const comment = {
    type: "pullrequest_comment",
    id: one.comments,
    content: { type: "rendered", raw: text, markup: "markdown", html: `<p>${escapeHtml(text)}</p>` },
    user: serializeActor(api),
    created_on: formatTimestamp(one.updatedDate),
    updated_on: formatTimestamp(one.updatedDate),
    deleted: false,
    pullrequest: { type: "pullrequest", id: one.id, title: one.title, links: { html: { href: pullRequestPageUrl(repository, one) } } },
    links: {
      self: { href: `${createRepositoryLinks(api, repository).self.href}/pullrequests/${one.id}/comments/${one.comments}` },
      html: { href: `${pullRequestPageUrl(repository, one)}#comment-${one.comments}` },
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

function serializeCommit(api: string, repository: Repository, { hash, message, date, parents }: Commit) {
  return {
    type: "commit",
    hash,
    author: { type: "author", raw: "Sandbox Developer <developer@sandbox.invalid>", user: serializeActor(api) },
    date,
    message,
    summary: { type: "rendered", raw: message, markup: "markdown", html: `<p>${escapeHtml(message)}</p>` },
    parents: parents.map((parent) => ({ type: "commit", hash: parent, links: createCommitLinks(api, repository, parent) })),
    links: createCommitLinks(api, repository, hash),
  };
}

function serializeBranch(api: string, repository: Repository, name: string, target: ReturnType<typeof serializeCommit>) {
  const self = `${createRepositoryLinks(api, repository).self.href}/refs/branches/${encodeURIComponent(name)}`;
  return {
    type: "branch",
    name,
    target,
    links: { self: { href: self }, html: { href: `https://bitbucket.org/${fullName(repository)}/branch/${encodeURIComponent(name)}` } },
  };
}
