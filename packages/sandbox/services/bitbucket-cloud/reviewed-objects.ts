// Finds the pull request, comment or commit that a request names.
import { type Comment, type CommentAuthor, findComment } from "../../core/comment";
import { EarlyResponse } from "../../core/early-response";
import type { PullRequest } from "../../core/pull-request";
import { errors } from "./errors";
import type { RequestContext } from "./request-context";
import type { Repository } from "./store";

export interface PullRequestOfRequest {
  readonly repository: Repository;
  readonly pullRequest: PullRequest;
}

const SHORTEST_HASH = 7;

/** @throws EarlyResponse 404 */
export function requirePullRequest(context: RequestContext): PullRequestOfRequest {
  const repository = context.requireRepository("read");
  const pullRequest = repository.pullRequests.get(Number(context.param("id")));
  if (pullRequest === undefined) throw new EarlyResponse(errors.pullRequestNotFound(context.param("id")));
  return { repository, pullRequest };
}

/** Also a deleted one. @throws EarlyResponse 404 */
export function requireComment(context: RequestContext, pullRequest: PullRequest): Comment {
  const comment = findComment(pullRequest, context.param("comment"));
  if (comment === undefined) throw new EarlyResponse(errors.commentNotFound(context.param("comment")));
  return comment;
}

/** The whole hash of the commit. Responses show the head of a pull request with 12 digits, so shorter forms are accepted. @throws EarlyResponse 404 */
export function requireCommit(context: RequestContext, repository: Repository): string {
  const hash = context.param("commit").toLowerCase();
  const found = hash.length < SHORTEST_HASH ? undefined : [...repository.commits].find((commit) => commit.startsWith(hash));
  if (found === undefined) throw new EarlyResponse(errors.commitNotFound(context.param("commit")));
  return found;
}

/** @throws EarlyResponse 401 without a credential */
export function requireAuthor({ caller }: RequestContext): CommentAuthor {
  if (caller === undefined) throw new EarlyResponse(errors.loginRequired());
  return { id: caller.uuid, displayName: caller.displayName };
}
