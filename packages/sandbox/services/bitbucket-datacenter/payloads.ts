// Bodies of deliveries of Bitbucket Data Center. Times are milliseconds before version 10 and text from then on.
import type { PullRequest, PullRequestChange, Push } from "../../core/pull-request";
import {
  AUTHOR,
  NO_COMMIT,
  serializePullRequest,
  serializeRef,
  REVIEWER,
  serializeReviewer,
  serializeCommitId,
} from "./pull-request-serializer";
import type { Repository, User } from "./store";
import { isAtLeast, SINCE } from "./version";
import { serializeRepository, type SerializerContext, serializeUser } from "./serializers";

/** An event with everything that is in its body besides what all have. */
export interface Payload {
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The author of everything unless given. */
  readonly actor?: User;
}

/** @param time milliseconds since the epoch */
export function createBody(seen: SerializerContext, { event, fields: more, actor = AUTHOR }: Payload, time: number) {
  const date = new Date(time).toISOString().replace(/\.\d+Z$/, "+0000");
  return { eventKey: event, date, actor: serializeUser(seen, actor), ...more };
}

export function createPushPayload(
  seen: SerializerContext,
  repository: Repository,
  { branch, commit, before, message, time }: Push,
): Payload {
  const ref = serializeRef(branch);
  const head = serializeCommit(seen, { id: commit, message, time, parents: before === null ? [] : [before] });
  return {
    event: "repo:refs_changed",
    fields: {
      repository: serializeRepository(seen, repository),
      changes: [{ ref, refId: ref.id, fromHash: before ?? NO_COMMIT, toHash: commit, type: before === null ? "ADD" : "UPDATE" }],
      ...(isAtLeast(seen.switches.version, SINCE.commitsInPush) ? { commits: [head], toCommit: head } : {}),
    },
  };
}

/** Undefined where a server of this version has no such event. */
export function createPullRequestPayload(
  seen: SerializerContext,
  repository: Repository,
  one: PullRequest,
  change: PullRequestChange,
): Payload | undefined {
  const pullRequest = serializePullRequest(seen, repository, one, (time) => formatDeliveryTime(seen, time));
  const { version } = seen.switches;
  switch (change.kind) {
    case "created":
      return { event: "pr:opened", fields: { pullRequest } };
    case "merged":
    case "declined":
      return { event: `pr:${change.kind}`, fields: { pullRequest } };
    case "commits":
      return isAtLeast(version, SINCE.fromRefUpdated)
        ? { event: "pr:from_ref_updated", fields: { pullRequest, previousFromHash: change.before } }
        : undefined;
    case "modified": {
      const { title, description, target, targetCommit } = change.before;
      const previousTarget = { ...serializeRef(target), latestCommit: targetCommit, latestChangeset: targetCommit };
      const drafts = isAtLeast(version, SINCE.drafts) ? { previousDraft: false } : {};
      return {
        event: "pr:modified",
        fields: { pullRequest, previousTitle: title, previousDescription: description, previousTarget, ...drafts },
      };
    }
    case "approved":
    case "unapproved": {
      const previousStatus = change.kind === "approved" ? "UNAPPROVED" : "APPROVED";
      return {
        event: `pr:reviewer:${change.kind}`,
        fields: { pullRequest, participant: serializeReviewer(seen, one), previousStatus },
        actor: REVIEWER,
      };
    }
    case "comment":
      return { event: "pr:comment:added", fields: { pullRequest, comment: serializeComment(seen, one, change.text) } };
  }
}

function serializeComment(seen: SerializerContext, one: PullRequest, text: string) {
  const time = formatDeliveryTime(seen, one.updatedDate);
  return {
    properties: { repositoryId: 0 },
    id: one.id * 1000 + one.comments,
    version: 0,
    text,
    author: serializeUser(seen, AUTHOR),
    createdDate: time,
    updatedDate: time,
    comments: [],
    tasks: [],
  };
}

interface Commit {
  readonly id: string;
  readonly message: string;
  readonly time: number;
  readonly parents: readonly string[];
}

function serializeCommit(seen: SerializerContext, { id, message, time, parents }: Commit) {
  const person = { name: AUTHOR.displayName, emailAddress: AUTHOR.emailAddress };
  const at = formatDeliveryTime(seen, time);
  return {
    ...serializeCommitId(id),
    author: person,
    authorTimestamp: at,
    committer: person,
    committerTimestamp: at,
    message,
    parents: parents.map(serializeCommitId),
  };
}

function formatDeliveryTime({ switches }: SerializerContext, time: number): number | string {
  return isAtLeast(switches.version, SINCE.isoDeliveries) ? new Date(time).toISOString() : time;
}
