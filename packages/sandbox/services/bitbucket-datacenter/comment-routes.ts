// Comments on a pull request, and its activities, which are the only list of general comments.
import { addComment, changeComment, type Comment, deleteComment } from "../../core/comment";
import type { PullRequest } from "../../core/pull-request";
import type { SandboxResponse } from "../../core/service";
import { parseCommentChanges, parseNewComment } from "./comment-input";
import { type CommentBody, type CommentOptions, serializeComment } from "./comment-serializer";
import { errors } from "./errors";
import type { Operation } from "./operation";
import { paginate } from "./pagination";
import { AUTHOR } from "./pull-request-serializer";
import type { RequestContext } from "./request-context";
import { findUser, type PullRequestOfRequest, requireAuthor, requireComment, requirePullRequest } from "./reviewed-objects";
import { createRestDateFormatter, serializeUser } from "./serializers";
import { fullName } from "./store";

const PULL_REQUEST = "/projects/:project/repos/:repository/pull-requests/:id";
const COMMENTS = `${PULL_REQUEST}/comments`;
const COMMENT = `${COMMENTS}/:comment`;
/** Leaves space for the ids of comments, so that each activity has an id of its own. */
const ACTIVITY_IDS_PER_PULL_REQUEST = 1_000_000;

export const commentOperations: readonly Operation[] = [
  { method: "GET", path: `${PULL_REQUEST}/activities`, operation: "listActivities", caller: "anyone", handle: listActivities },
  { method: "GET", path: COMMENTS, operation: "listComments", caller: "anyone", handle: listComments },
  { method: "POST", path: COMMENTS, operation: "createComment", caller: "login", handle: createComment },
  {
    method: "GET",
    path: COMMENT,
    operation: "getComment",
    caller: "anyone",
    handle: (context) => {
      const found = requirePullRequest(context);
      return { status: 200, body: serialize(context, found, requireComment(context, found.pullRequest)) };
    },
  },
  { method: "PUT", path: COMMENT, operation: "updateComment", caller: "login", handle: updateComment },
  { method: "DELETE", path: COMMENT, operation: "deleteComment", caller: "login", handle: removeComment },
];

function createComment(context: RequestContext): SandboxResponse {
  const found = requirePullRequest(context);
  const { repository, pullRequest } = found;
  if (repository.archived) return errors.repositoryArchived(fullName(repository));
  const author = requireAuthor(context);
  const comment = addComment(repository, pullRequest, { author, ...parseNewComment(context, pullRequest) }, context.state.clock.now());
  return { status: 201, body: serialize(context, found, comment) };
}

/** Only the author changes the text, which is assumed. */
function updateComment(context: RequestContext): SandboxResponse {
  const found = requirePullRequest(context);
  const comment = requireComment(context, found.pullRequest);
  const changes = parseCommentChanges(context);
  if (changes.text !== undefined && comment.author.id !== requireAuthor(context).id) return errors.notPermitted();
  changeAtTheSameTime(context, comment);
  if (context.jsonObject()["version"] !== comment.version) return errors.commentOutOfDate();
  changeComment(comment, changes, context.state.clock.now());
  return { status: 200, body: serialize(context, found, comment) };
}

/** For the author, and for administrators of the repository. */
function removeComment(context: RequestContext): SandboxResponse {
  const { pullRequest } = requirePullRequest(context);
  const comment = requireComment(context, pullRequest);
  if (comment.author.id !== requireAuthor(context).id) context.requireRepository("admin");
  changeAtTheSameTime(context, comment);
  if (context.request.query.get("version") !== `${comment.version}`) return errors.commentOutOfDate();
  if (pullRequest.comments.some(({ parent, deleted }) => parent === comment.id && !deleted)) return errors.commentHasReplies();
  deleteComment(comment, context.state.clock.now());
  return { status: 204 };
}

/** The switch returns to its default, so that the same request with the new version succeeds. */
function changeAtTheSameTime({ state: { switches, clock } }: RequestContext, comment: Comment): void {
  if (switches["comment-conflict"] === "none") return;
  switches["comment-conflict"] = "none";
  changeComment(comment, {}, clock.now());
}

/** Only comments on the file that `path` names. */
function listComments(context: RequestContext): SandboxResponse {
  const found = requirePullRequest(context);
  const path = context.request.query.get("path");
  if (path === null || path === "") return errors.invalid({ context: "path", message: "The path query parameter is required." });
  const comments = listThreads(found.pullRequest).filter(({ place }) => place?.["path"] === path);
  return paginate(context.request, comments, (comment) => serialize(context, found, comment), context.state.switches);
}

/** Newest first: the comments with their replies, and the opening and the end of the pull request. */
function listActivities(context: RequestContext): SandboxResponse {
  const found = requirePullRequest(context);
  const { pullRequest } = found;
  const firstId = pullRequest.id * ACTIVITY_IDS_PER_PULL_REQUEST;
  const user = serializeUser(context.serializerContext, AUTHOR);
  const formatDate = createRestDateFormatter(context.state.switches);
  const opened = { id: firstId, createdDate: formatDate(pullRequest.createdDate), user, action: "OPENED" };
  const closed = { id: firstId - 1, createdDate: formatDate(pullRequest.updatedDate), user, action: pullRequest.state };
  const comments = listThreads(pullRequest).map((comment) => {
    const body = serialize(context, found, comment);
    const { author, createdDate } = body;
    const anchor = comment.place === undefined ? {} : { commentAnchor: comment.place };
    return { id: firstId + comment.id, createdDate, user: author, action: "COMMENTED", commentAction: "ADDED", comment: body, ...anchor };
  });
  const activities = [...(pullRequest.state === "OPEN" ? [] : [closed]), ...comments.reverse(), opened];
  return paginate(context.request, activities, (activity) => activity, context.state.switches);
}

/** Comments that are not replies. A deleted comment disappears. */
function listThreads({ comments }: PullRequest): Comment[] {
  return comments.filter(({ parent, deleted }) => parent === null && !deleted);
}

function serialize(context: RequestContext, { repository, pullRequest }: PullRequestOfRequest, comment: Comment): CommentBody {
  const options: CommentOptions = {
    repositoryId: repository.id,
    comments: pullRequest.comments,
    formatDate: createRestDateFormatter(context.state.switches),
    findUser: (author) => findUser(context.state.credentials, author),
  };
  return serializeComment(context.serializerContext, comment, options);
}
