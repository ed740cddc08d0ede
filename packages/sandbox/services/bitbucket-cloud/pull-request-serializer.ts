// A pull request, as deliveries and the list of a commit's pull requests show it.
import type { PullRequest } from "../../core/pull-request";
import { createRepositoryLinks } from "./links";
import { fullName, type Repository } from "./store";
import { formatTimestamp, createUserLinks } from "./serializers";

export const ACTOR_UUID = "{5d0a4c1e-6f7b-4d1c-9a3e-2b1f0c8d7e6a}";

/** The person who pushes, approves and merges in the sandbox. */
export function serializeActor(api: string) {
  return {
    type: "user",
    display_name: "Sandbox Developer",
    nickname: "sandbox-developer",
    uuid: ACTOR_UUID,
    account_id: "557058:5d0a4c1e-6f7b-4d1c-9a3e-2b1f0c8d7e6a",
    links: createUserLinks(api, ACTOR_UUID),
  };
}

export function serializePullRequest(api: string, repository: Repository, one: PullRequest) {
  const merged = one.mergeCommit;
  const self = `${createRepositoryLinks(api, repository).self.href}/pullrequests/${one.id}`;
  const below = (name: string) => ({ href: `${self}/${name}` });
  return {
    type: "pullrequest",
    id: one.id,
    title: one.title,
    description: one.description,
    state: one.state,
    author: serializeActor(api),
    source: serializeBranchEnd(api, repository, one.source, one.commits.at(-1) ?? ""),
    destination: serializeBranchEnd(api, repository, one.target, one.targetCommit),
    reviewers: [],
    participants: [
      {
        type: "participant",
        user: serializeActor(api),
        role: "PARTICIPANT",
        approved: one.approved,
        state: one.approved ? "approved" : null,
        participated_on: formatTimestamp(one.updatedDate),
      },
    ],
    close_source_branch: false,
    comment_count: one.comments,
    task_count: 0,
    reason: one.state === "DECLINED" ? "Declined in the sandbox" : "",
    merge_commit: merged === null ? null : { hash: merged.slice(0, 12), links: createCommitLinks(api, repository, merged) },
    closed_by: one.state === "OPEN" ? null : serializeActor(api),
    summary: rendered(one.description),
    serializeText: {
      title: rendered(one.title),
      description: rendered(one.description),
    },
    created_on: formatTimestamp(one.createdDate),
    updated_on: formatTimestamp(one.updatedDate),
    draft: false,
    links: {
      self: { href: self },
      html: { href: pullRequestPageUrl(repository, one) },
      commits: below("commits"),
      approve: below("approve"),
      "request-changes": below("request-changes"),
      diff: below("diff"),
      diffstat: below("diffstat"),
      comments: below("comments"),
      activity: below("activity"),
      merge: below("merge"),
      decline: below("decline"),
      statuses: below("statuses"),
    },
  };
}

export function pullRequestPageUrl(repository: Repository, one: PullRequest): string {
  return `https://bitbucket.org/${fullName(repository)}/pull-requests/${one.id}`;
}

export function createCommitLinks(api: string, repository: Repository, hash: string) {
  return {
    self: { href: `${createRepositoryLinks(api, repository).self.href}/commit/${hash}` },
    html: { href: `https://bitbucket.org/${fullName(repository)}/commits/${hash}` },
  };
}

function rendered(text: string) {
  return { type: "rendered", raw: text, markup: "markdown", html: text === "" ? "" : `<p>${escapeHtml(text)}</p>` };
}

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function serializeBranchEnd(api: string, repository: Repository, branch: string, commit: string) {
  return {
    branch: { name: branch },
    commit: { type: "commit", hash: commit.slice(0, 12), links: createCommitLinks(api, repository, commit) },
    repository: {
      type: "repository",
      name: repository.name,
      full_name: fullName(repository),
      uuid: repository.uuid,
      links: createRepositoryLinks(api, repository),
    },
  };
}
