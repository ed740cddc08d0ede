// Comments on pull requests, as both Bitbucket products store them.
import type { JsonObject } from "./json-body";

export interface CommentAuthor {
  /** A UUID in braces on Cloud, a login name on Data Center. */
  readonly id: string;
  readonly displayName: string;
}

export interface Comment {
  readonly id: number;
  readonly author: CommentAuthor;
  text: string;
  /** The number of changes since the comment was created. Only Data Center shows it. */
  version: number;
  /** The id of the comment that it replies to. */
  readonly parent: number | null;
  /** The place in the diff, in the product's own form: `inline` on Cloud, `anchor` on Data Center. */
  readonly place: JsonObject | undefined;
  /** A blocker is a task. Only Data Center has them. */
  severity: "NORMAL" | "BLOCKER";
  state: "OPEN" | "RESOLVED" | "PENDING";
  /** Cloud keeps a deleted comment in its lists. */
  deleted: boolean;
  resolvedBy: { readonly author: CommentAuthor; readonly time: number } | null;
  /** Milliseconds since the epoch, like `updatedDate`. */
  readonly createdDate: number;
  updatedDate: number;
}

/** The part of a repository that counts its comments, over all pull requests. */
interface WithCommentIds {
  lastCommentId: number;
}

interface WithComments {
  readonly comments: Comment[];
}

export type NewComment = Pick<Comment, "author" | "text"> & Partial<Pick<Comment, "parent" | "place" | "severity" | "state">>;

export function addComment(repository: WithCommentIds, pullRequest: WithComments, input: NewComment, now: number): Comment {
  repository.lastCommentId += 1;
  const { author, text, parent = null, place, severity = "NORMAL", state = "OPEN" } = input;
  const comment: Comment = {
    id: repository.lastCommentId,
    author,
    text,
    version: 0,
    parent,
    place,
    severity,
    state,
    deleted: false,
    resolvedBy: null,
    createdDate: now,
    updatedDate: now,
  };
  pullRequest.comments.push(comment);
  return comment;
}

export function changeComment(comment: Comment, changes: Partial<Pick<Comment, "text" | "severity" | "state">>, now: number): void {
  Object.assign(comment, changes);
  comment.version += 1;
  comment.updatedDate = now;
}

export function deleteComment(comment: Comment, now: number): void {
  comment.deleted = true;
  comment.updatedDate = now;
}

/** The comment with this id, as written in a path; also a deleted one. */
export function findComment({ comments }: WithComments, id: string): Comment | undefined {
  return /^\d+$/.test(id) ? comments.find((comment) => comment.id === Number(id)) : undefined;
}
