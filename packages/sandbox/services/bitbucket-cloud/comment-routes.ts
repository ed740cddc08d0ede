// Comments on a pull request: list, create, read, change, delete, resolve and reopen.
import { addComment, changeComment, type Comment, deleteComment } from "../../core/comment";
import { EarlyResponse } from "../../core/early-response";
import type { SandboxResponse } from "../../core/service";
import { parseNewComment, parseText } from "./comment-input";
import { COMMENT_FIELDS, serializeComment } from "./comment-serializer";
import { errors } from "./errors";
import type { Operation } from "./operation";
import { parseOptionalFilter } from "./query-filter";
import type { RequestContext } from "./request-context";
import { respondWithPage } from "./review-pages";
import { type PullRequestOfRequest, requireAuthor, requireComment, requirePullRequest } from "./reviewed-objects";
import { SCOPES } from "./scopes";
import { sortItems } from "./sorting";

const COMMENTS = "/repositories/:workspace/:repository/pullrequests/:id/comments";
const COMMENT = `${COMMENTS}/:comment`;

/** The scope for reading pull requests is enough for writing comments, too. */
const define = (method: Operation["method"], path: string, operation: string, handle: Operation["handle"]): Operation => ({
  method,
  path,
  operation,
  group: "repositories",
  caller: method === "GET" ? "anyone" : "login",
  scopes: SCOPES.pullRequest,
  proxy: method === "GET" ? "comments-read" : "comments-write",
  handle,
});

export const commentOperations: readonly Operation[] = [
  define("GET", COMMENTS, "listComments", listComments),
  define("POST", COMMENTS, "createComment", createComment),
  define("GET", COMMENT, "getComment", (context) => {
    const found = requirePullRequest(context);
    return respondWith(context, found, requireComment(context, found.pullRequest));
  }),
  define("PUT", COMMENT, "updateComment", updateComment),
  define("DELETE", COMMENT, "deleteComment", (context) => {
    const { repository, pullRequest } = requirePullRequest(context);
    const comment = requireExisting(context, requireComment(context, pullRequest));
    if (comment.author.id !== requireAuthor(context).id) context.requireLevel(repository, "admin");
    deleteComment(comment, context.state.clock.now());
    return { status: 204 };
  }),
  define("POST", `${COMMENT}/resolve`, "resolveComment", resolveComment),
  define("DELETE", `${COMMENT}/resolve`, "reopenComment", (context) => {
    const { pullRequest } = requirePullRequest(context);
    const comment = requireExisting(context, requireComment(context, pullRequest));
    if (comment.resolvedBy === null) return errors.conflict("The comment is not resolved.");
    comment.resolvedBy = null;
    return { status: 204 };
  }),
];

/** Oldest first, unless `sort` says otherwise. */
function listComments(context: RequestContext): SandboxResponse {
  const { repository, pullRequest } = requirePullRequest(context);
  const { query } = context.request;
  const hidesDeleted = context.state.switches["deleted-comments"] === "absent";
  const matches = parseOptionalFilter(query.get("q"), COMMENT_FIELDS);
  const comments = pullRequest.comments.filter((comment) => !(hidesDeleted && comment.deleted) && matches(comment));
  return respondWithPage(context, sortItems(comments, query.get("sort"), COMMENT_FIELDS), (comment) =>
    serializeComment(context.apiUrl, { repository, pullRequest }, comment, context.state.switches),
  );
}

function createComment(context: RequestContext): SandboxResponse {
  const found = requirePullRequest(context);
  const author = requireAuthor(context);
  const input = parseNewComment(context, found.pullRequest);
  takeConflict(context);
  const comment = addComment(found.repository, found.pullRequest, { author, ...input }, context.state.clock.now());
  const body = serializeComment(context.apiUrl, found, comment, context.state.switches);
  return { status: 201, headers: { location: body.links.self.href }, body };
}

function updateComment(context: RequestContext): SandboxResponse {
  const found = requirePullRequest(context);
  const comment = requireExisting(context, requireComment(context, found.pullRequest));
  if (comment.author.id !== requireAuthor(context).id) return errors.notCommentAuthor();
  const text = parseText(context);
  takeConflict(context);
  changeComment(comment, { text }, context.state.clock.now());
  return respondWith(context, found, comment);
}

function resolveComment(context: RequestContext): SandboxResponse {
  const found = requirePullRequest(context);
  const comment = requireExisting(context, requireComment(context, found.pullRequest));
  if (comment.resolvedBy !== null) return errors.conflict("The comment is already resolved.");
  comment.resolvedBy = { author: requireAuthor(context), time: context.state.clock.now() };
  return { status: 200, body: serializeComment(context.apiUrl, found, comment, context.state.switches).resolution };
}

function respondWith(context: RequestContext, found: PullRequestOfRequest, comment: Comment): SandboxResponse {
  return { status: 200, body: serializeComment(context.apiUrl, found, comment, context.state.switches) };
}

/** @throws EarlyResponse 404 for a deleted comment */
function requireExisting(context: RequestContext, comment: Comment): Comment {
  if (comment.deleted) throw new EarlyResponse(errors.commentNotFound(context.param("comment")));
  return comment;
}

/** The switch returns to its default, so that the same request succeeds the next time. @throws EarlyResponse 409 */
function takeConflict({ state: { switches } }: RequestContext): void {
  if (switches["comment-conflict"] === "none") return;
  switches["comment-conflict"] = "none";
  throw new EarlyResponse(errors.conflict("The comment was changed at the same time. Please try again."));
}
