// Bodies of deliveries.
import type { PullRequest, Push } from "../../core/pull-request";
import { actor, commitLinks, escaped, pullRequestPage, pullRequestView } from "./pull-request-view";
import { repositoryLinks } from "./links";
import { fullName, type Repository } from "./store";
import { repositoryInEvent, timestamp } from "./views";

export function pushPayload(api: string, repository: Repository, push: Push) {
  const { branch, commit, before, message, time } = push;
  const date = timestamp(time);
  const head = commitObject(api, repository, { hash: commit, message, date, parents: before === null ? [] : [before] });
  const self = repositoryLinks(api, repository).self.href;
  const page = `https://bitbucket.org/${fullName(repository)}`;
  const range = before === null ? commit : `${commit}..${before}`;
  return {
    push: {
      changes: [
        {
          new: branchObject(api, repository, branch, head),
          old:
            before === null
              ? null
              : branchObject(
                  api,
                  repository,
                  branch,
                  commitObject(api, repository, { hash: before, message: "Earlier", date, parents: [] }),
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
    repository: repositoryInEvent(api, repository),
    actor: actor(api),
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

export function pullRequestPayload(api: string, repository: Repository, one: PullRequest, event: PullRequestEvent, text: string) {
  return {
    ...detail(api, repository, one, event, text),
    pullrequest: pullRequestView(api, repository, one),
    repository: repositoryInEvent(api, repository),
    actor: actor(api),
  };
}

function detail(api: string, repository: Repository, one: PullRequest, event: PullRequestEvent, text: string) {
  if (event === "pullrequest:approved" || event === "pullrequest:unapproved") {
    return { approval: { date: timestamp(one.updatedDate), user: actor(api) } };
  }
  if (event !== "pullrequest:comment_created") return {};
  const comment = {
    type: "pullrequest_comment",
    id: one.comments,
    content: { type: "rendered", raw: text, markup: "markdown", html: `<p>${escaped(text)}</p>` },
    user: actor(api),
    created_on: timestamp(one.updatedDate),
    updated_on: timestamp(one.updatedDate),
    deleted: false,
    pullrequest: { type: "pullrequest", id: one.id, title: one.title, links: { html: { href: pullRequestPage(repository, one) } } },
    links: {
      self: { href: `${repositoryLinks(api, repository).self.href}/pullrequests/${one.id}/comments/${one.comments}` },
      html: { href: `${pullRequestPage(repository, one)}#comment-${one.comments}` },
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

function commitObject(api: string, repository: Repository, { hash, message, date, parents }: Commit) {
  return {
    type: "commit",
    hash,
    author: { type: "author", raw: "Sandbox Developer <developer@sandbox.invalid>", user: actor(api) },
    date,
    message,
    summary: { type: "rendered", raw: message, markup: "markdown", html: `<p>${escaped(message)}</p>` },
    parents: parents.map((parent) => ({ type: "commit", hash: parent, links: commitLinks(api, repository, parent) })),
    links: commitLinks(api, repository, hash),
  };
}

function branchObject(api: string, repository: Repository, name: string, target: ReturnType<typeof commitObject>) {
  const self = `${repositoryLinks(api, repository).self.href}/refs/branches/${encodeURIComponent(name)}`;
  return {
    type: "branch",
    name,
    target,
    links: { self: { href: self }, html: { href: `https://bitbucket.org/${fullName(repository)}/branch/${encodeURIComponent(name)}` } },
  };
}
