// Bodies of deliveries of Bitbucket Data Center. Times are milliseconds before version 10 and text from then on.
import type { PullRequestChange, PullRequest, Push } from "../../core/pull-request";
import { AUTHOR, NO_COMMIT, pullRequestView, refOf, REVIEWER, reviewerOf, shortened } from "./pull-request-view";
import type { Repository, User } from "./store";
import { isSince, SINCE } from "./version";
import { repositoryView, type Seen, userView } from "./views";

/** An event with everything that is in its body besides what all have. */
export interface Told {
  readonly event: string;
  readonly more: Readonly<Record<string, unknown>>;
  /** The author of everything unless given. */
  readonly actor?: User;
}

/** @param time milliseconds since the epoch */
export function payloadOf(seen: Seen, { event, more, actor = AUTHOR }: Told, time: number) {
  const date = new Date(time).toISOString().replace(/\.\d+Z$/, "+0000");
  return { eventKey: event, date, actor: userView(seen, actor), ...more };
}

export function pushTold(seen: Seen, repository: Repository, { branch, commit, before, message, time }: Push): Told {
  const ref = refOf(branch);
  const head = commitObject(seen, { id: commit, message, time, parents: before === null ? [] : [before] });
  return {
    event: "repo:refs_changed",
    more: {
      repository: repositoryView(seen, repository),
      changes: [{ ref, refId: ref.id, fromHash: before ?? NO_COMMIT, toHash: commit, type: before === null ? "ADD" : "UPDATE" }],
      ...(isSince(seen.switches.version, SINCE.commitsInPush) ? { commits: [head], toCommit: head } : {}),
    },
  };
}

/** Undefined where a server of this version has no such event. */
export function pullRequestTold(seen: Seen, repository: Repository, one: PullRequest, change: PullRequestChange): Told | undefined {
  const pullRequest = pullRequestView(seen, repository, one, (time) => timeOf(seen, time));
  const { version } = seen.switches;
  switch (change.kind) {
    case "created":
      return { event: "pr:opened", more: { pullRequest } };
    case "merged":
    case "declined":
      return { event: `pr:${change.kind}`, more: { pullRequest } };
    case "commits":
      return isSince(version, SINCE.fromRefUpdated)
        ? { event: "pr:from_ref_updated", more: { pullRequest, previousFromHash: change.before } }
        : undefined;
    case "modified": {
      const { title, description, target, targetCommit } = change.before;
      const previousTarget = { ...refOf(target), latestCommit: targetCommit, latestChangeset: targetCommit };
      const drafts = isSince(version, SINCE.drafts) ? { previousDraft: false } : {};
      return {
        event: "pr:modified",
        more: { pullRequest, previousTitle: title, previousDescription: description, previousTarget, ...drafts },
      };
    }
    case "approved":
    case "unapproved": {
      const previousStatus = change.kind === "approved" ? "UNAPPROVED" : "APPROVED";
      return {
        event: `pr:reviewer:${change.kind}`,
        more: { pullRequest, participant: reviewerOf(seen, one), previousStatus },
        actor: REVIEWER,
      };
    }
    case "comment":
      return { event: "pr:comment:added", more: { pullRequest, comment: commentObject(seen, one, change.text) } };
  }
}

function commentObject(seen: Seen, one: PullRequest, text: string) {
  const time = timeOf(seen, one.updatedDate);
  return {
    properties: { repositoryId: 0 },
    id: one.id * 1000 + one.comments,
    version: 0,
    text,
    author: userView(seen, AUTHOR),
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

function commitObject(seen: Seen, { id, message, time, parents }: Commit) {
  const person = { name: AUTHOR.displayName, emailAddress: AUTHOR.emailAddress };
  const at = timeOf(seen, time);
  return {
    ...shortened(id),
    author: person,
    authorTimestamp: at,
    committer: person,
    committerTimestamp: at,
    message,
    parents: parents.map(shortened),
  };
}

function timeOf({ switches }: Seen, time: number): number | string {
  return isSince(switches.version, SINCE.isoDeliveries) ? new Date(time).toISOString() : time;
}
