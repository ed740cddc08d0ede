// A pull request, as deliveries and answers show it.
import type { PullRequest } from "../../core/pull-request";
import type { Repository, User } from "./store";
import { isSince, SINCE } from "./version";
import { repositoryView, type Seen, userView } from "./views";

export const NO_COMMIT = "0".repeat(40);

const person = (id: number, name: string, displayName: string): User => ({
  id,
  name,
  displayName,
  emailAddress: `${name}@sandbox.invalid`,
});

/** Who pushes, opens and merges in the sandbox. */
export const AUTHOR = person(1_000_001, "sandbox-developer", "Sandbox Developer");
/** Who approves: authors cannot. */
export const REVIEWER = person(1_000_002, "sandbox-reviewer", "Sandbox Reviewer");

/** Milliseconds since the epoch, as a number or as text. */
type Time = (milliseconds: number) => number | string;

/** @param time how times are written: deliveries and answers differ in that */
export function pullRequestView(seen: Seen, repository: Repository, one: PullRequest, time: Time) {
  const open = one.state === "OPEN";
  return {
    id: one.id,
    version: one.version,
    title: one.title,
    ...(one.description === "" ? {} : { description: one.description }),
    state: one.state,
    open,
    closed: !open,
    ...(isSince(seen.switches.version, SINCE.drafts) ? { draft: false } : {}),
    createdDate: time(one.createdDate),
    updatedDate: time(one.updatedDate),
    ...(open ? {} : { closedDate: time(one.updatedDate) }),
    fromRef: { ...refOf(one.source), latestCommit: one.commits.at(-1) ?? NO_COMMIT, repository: repositoryView(seen, repository) },
    toRef: { ...refOf(one.target), latestCommit: one.targetCommit, repository: repositoryView(seen, repository) },
    locked: false,
    author: { user: userView(seen, AUTHOR), role: "AUTHOR", approved: false, status: "UNAPPROVED" },
    reviewers: [reviewerOf(seen, one)],
    participants: [],
    ...(one.mergeCommit === null ? {} : { properties: { mergeCommit: shortened(one.mergeCommit) } }),
    links: { self: [{ href: `${pageOf(seen, repository)}/pull-requests/${one.id}` }] },
  };
}

export function reviewerOf(seen: Seen, one: PullRequest) {
  return {
    user: userView(seen, REVIEWER),
    ...(one.approved ? { lastReviewedCommit: one.commits.at(-1) ?? NO_COMMIT } : {}),
    role: "REVIEWER",
    approved: one.approved,
    status: one.approved ? "APPROVED" : "UNAPPROVED",
  };
}

export function refOf(branch: string) {
  return { id: `refs/heads/${branch}`, displayId: branch, type: "BRANCH" };
}

export function shortened(id: string) {
  return { id, displayId: id.slice(0, 11) };
}

function pageOf({ base }: Seen, { project, slug }: Repository): string {
  return project.owner === undefined
    ? `${base}/projects/${project.key}/repos/${slug}`
    : `${base}/users/${project.owner.name}/repos/${slug}`;
}
