// Comments as JSON, with their replies, for REST responses and deliveries.
import type { Comment, CommentAuthor } from "../../core/comment";
import { type SerializerContext, serializeUser } from "./serializers";
import type { User } from "./store";

export interface CommentOptions {
  readonly repositoryId: number;
  /** All comments of the pull request. */
  readonly comments: readonly Comment[];
  /** Formats milliseconds since the epoch. */
  formatDate(milliseconds: number): number | string;
  findUser(author: CommentAuthor): User;
}

export interface CommentBody {
  readonly id: number;
  readonly version: number;
  readonly text: string;
  /** The replies. */
  readonly comments: readonly CommentBody[];
  readonly [field: string]: unknown;
}

export function serializeComment(context: SerializerContext, comment: Comment, options: CommentOptions): CommentBody {
  const { id, version, text, author, severity, state, place, createdDate, updatedDate } = comment;
  const replies = options.comments.filter(({ parent, deleted }) => parent === id && !deleted);
  return {
    properties: { repositoryId: options.repositoryId },
    id,
    version,
    text,
    author: serializeUser(context, options.findUser(author)),
    createdDate: options.formatDate(createdDate),
    updatedDate: options.formatDate(updatedDate),
    comments: replies.map((reply) => serializeComment(context, reply, options)),
    anchor: place,
    threadResolved: false,
    severity,
    state,
    permittedOperations: { editable: true, deletable: true, transitionable: severity === "BLOCKER" },
  };
}
