// The bodies of webhook deliveries. Times are milliseconds before version 10, and ISO 8601 strings from version 10 on.
import type { Comment } from "../../core/comment";
import type { PullRequest, PullRequestChange, Push } from "../../core/pull-request";
import { serializeComment } from "./comment-serializer";
import {
  AUTHOR,
  NO_COMMIT,
  REVIEWER,
  serializeCommitId,
  serializePullRequest,
  serializeRef,
  serializeReviewer,
} from "./pull-request-serializer";
import { type SerializerContext, serializeRepository, serializeUser } from "./serializers";
import type { Repository, User } from "./store";
import { isAtLeast, SINCE } from "./version";

/** An event, and the fields of its body that not every event has. */
export interface Payload {
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Defaults to the author. */
  readonly actor?: User;
}

/** @param time milliseconds since the epoch */
export function createBody(context: SerializerContext, { event, fields, actor = AUTHOR }: Payload, time: number) {
  const date = new Date(time).toISOString().replace(/\.\d+Z$/, "+0000");
  return { eventKey: event, date, actor: serializeUser(context, actor), ...fields };
}

export function createPushPayload(
  context: SerializerContext,
  repository: Repository,
  { branch, commit, before, message, time }: Push,
): Payload {
  const ref = serializeRef(branch);
  const hasCommits = isAtLeast(context.switches.version, SINCE.commitsInPush);
  const head = serializeCommit(context, { id: commit, message, time, parents: before === null ? [] : [before] });
  return {
    event: "repo:refs_changed",
    fields: {
      repository: serializeRepository(context, repository),
      changes: [{ ref, refId: ref.id, fromHash: before ?? NO_COMMIT, toHash: commit, type: before === null ? "ADD" : "UPDATE" }],
      commits: hasCommits ? [head] : undefined,
      toCommit: hasCommits ? head : undefined,
    },
  };
}

/** Undefined if a server of this version does not have the event. */
export function createPullRequestPayload(
  context: SerializerContext,
  repository: Repository,
  stored: PullRequest,
  change: PullRequestChange,
): Payload | undefined {
  const pullRequest = serializePullRequest(context, repository, stored, (time) => formatDeliveryTime(context, time));
  switch (change.kind) {
    case "created":
      return { event: "pr:opened", fields: { pullRequest } };
    case "merged":
    case "declined":
      return { event: `pr:${change.kind}`, fields: { pullRequest } };
    case "commits":
      return isAtLeast(context.switches.version, SINCE.fromRefUpdated)
        ? { event: "pr:from_ref_updated", fields: { pullRequest, previousFromHash: change.before } }
        : undefined;
    case "modified":
      return { event: "pr:modified", fields: { pullRequest, ...serializePrevious(context, change.before) } };
    case "approved":
    case "unapproved": {
      const previousStatus = change.kind === "approved" ? "UNAPPROVED" : "APPROVED";
      const participant = serializeReviewer(context, stored);
      return { event: `pr:reviewer:${change.kind}`, fields: { pullRequest, participant, previousStatus }, actor: REVIEWER };
    }
    case "comment":
      return {
        event: "pr:comment:added",
        fields: { pullRequest, comment: serializeNewComment(context, repository, stored, change.comment) },
      };
  }
}

function serializePrevious(
  { switches }: SerializerContext,
  { title, description, target, targetCommit }: Pick<PullRequest, "title" | "description" | "target" | "targetCommit">,
) {
  return {
    previousTitle: title,
    previousDescription: description,
    previousTarget: { ...serializeRef(target), latestCommit: targetCommit, latestChangeset: targetCommit },
    previousDraft: isAtLeast(switches.version, SINCE.drafts) ? false : undefined,
  };
}

/** The author is the person who comments on the control path. */
function serializeNewComment(context: SerializerContext, repository: Repository, { comments }: PullRequest, comment: Comment) {
  const formatDate = (time: number): number | string => formatDeliveryTime(context, time);
  const options = { repositoryId: repository.id, comments, formatDate, findUser: () => AUTHOR };
  return { ...serializeComment(context, comment, options), tasks: [] };
}

interface Commit {
  readonly id: string;
  readonly message: string;
  readonly time: number;
  readonly parents: readonly string[];
}

function serializeCommit(context: SerializerContext, { id, message, time, parents }: Commit) {
  const person = { name: AUTHOR.displayName, emailAddress: AUTHOR.emailAddress };
  const timestamp = formatDeliveryTime(context, time);
  return {
    ...serializeCommitId(id),
    author: person,
    authorTimestamp: timestamp,
    committer: person,
    committerTimestamp: timestamp,
    message,
    parents: parents.map(serializeCommitId),
  };
}

function formatDeliveryTime({ switches }: SerializerContext, time: number): number | string {
  return isAtLeast(switches.version, SINCE.isoDeliveries) ? new Date(time).toISOString() : time;
}
