// A pull request, as deliveries and responses show it.
import type { PullRequest } from "../../core/pull-request";
import type { Repository, User } from "./store";
import { isAtLeast, SINCE } from "./version";
import { serializeRepository, type SerializerContext, serializeUser } from "./serializers";

export const NO_COMMIT = "0".repeat(40);

const createUser = (id: number, name: string, displayName: string): User => ({
  id,
  name,
  displayName,
  emailAddress: `${name}@sandbox.invalid`,
});

/** Who pushes, opens and merges in the sandbox. */
export const AUTHOR = createUser(1_000_001, "sandbox-developer", "Sandbox Developer");
/** Who approves: authors cannot. */
export const REVIEWER = createUser(1_000_002, "sandbox-reviewer", "Sandbox Reviewer");

/** Milliseconds since the epoch, as a number or as text. */
type DateFormatter = (milliseconds: number) => number | string;

/** @param time how times are written: deliveries and responses differ in that */
export function serializePullRequest(seen: SerializerContext, repository: Repository, one: PullRequest, time: DateFormatter) {
  const open = one.state === "OPEN";
  return {
    id: one.id,
    version: one.version,
    title: one.title,
    ...(one.description === "" ? {} : { description: one.description }),
    state: one.state,
    open,
    closed: !open,
    ...(isAtLeast(seen.switches.version, SINCE.drafts) ? { draft: false } : {}),
    createdDate: time(one.createdDate),
    updatedDate: time(one.updatedDate),
    ...(open ? {} : { closedDate: time(one.updatedDate) }),
    fromRef: {
      ...serializeRef(one.source),
      latestCommit: one.commits.at(-1) ?? NO_COMMIT,
      repository: serializeRepository(seen, repository),
    },
    toRef: { ...serializeRef(one.target), latestCommit: one.targetCommit, repository: serializeRepository(seen, repository) },
    locked: false,
    author: { user: serializeUser(seen, AUTHOR), role: "AUTHOR", approved: false, status: "UNAPPROVED" },
    reviewers: [serializeReviewer(seen, one)],
    participants: [],
    ...(one.mergeCommit === null ? {} : { properties: { mergeCommit: serializeCommitId(one.mergeCommit) } }),
    links: { self: [{ href: `${repositoryPageUrl(seen, repository)}/pull-requests/${one.id}` }] },
  };
}

export function serializeReviewer(seen: SerializerContext, one: PullRequest) {
  return {
    user: serializeUser(seen, REVIEWER),
    ...(one.approved ? { lastReviewedCommit: one.commits.at(-1) ?? NO_COMMIT } : {}),
    role: "REVIEWER",
    approved: one.approved,
    status: one.approved ? "APPROVED" : "UNAPPROVED",
  };
}

export function serializeRef(branch: string) {
  return { id: `refs/heads/${branch}`, displayId: branch, type: "BRANCH" };
}

export function serializeCommitId(id: string) {
  return { id, displayId: id.slice(0, 11) };
}

function repositoryPageUrl({ baseUrl: base }: SerializerContext, { project, slug }: Repository): string {
  return project.owner === undefined
    ? `${base}/projects/${project.key}/repos/${slug}`
    : `${base}/users/${project.owner.name}/repos/${slug}`;
}
