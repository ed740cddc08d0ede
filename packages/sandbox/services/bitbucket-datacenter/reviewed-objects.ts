// Finds the pull request, comment or commit that a request names, and the user behind a comment.
import { type Comment, type CommentAuthor, findComment } from "../../core/comment";
import { EarlyResponse } from "../../core/early-response";
import type { PullRequest } from "../../core/pull-request";
import type { Credentials } from "./credentials";
import { errors } from "./errors";
import { AUTHOR, createUser, REVIEWER } from "./pull-request-serializer";
import type { RequestContext } from "./request-context";
import { fullName, type Repository, type User } from "./store";

export interface PullRequestOfRequest {
  readonly repository: Repository;
  readonly pullRequest: PullRequest;
}

/** @throws EarlyResponse 404 */
export function requirePullRequest(context: RequestContext): PullRequestOfRequest {
  const repository = context.requireRepository("read");
  const pullRequest = repository.pullRequests.get(Number(context.param("id")));
  if (pullRequest === undefined) throw new EarlyResponse(errors.pullRequestNotFound(fullName(repository), context.param("id")));
  return { repository, pullRequest };
}

/** @throws EarlyResponse 404 for an unknown and for a deleted comment */
export function requireComment(context: RequestContext, pullRequest: PullRequest): Comment {
  const comment = findComment(pullRequest, context.param("comment"));
  if (comment === undefined || comment.deleted) throw new EarlyResponse(errors.commentNotFound(context.param("comment")));
  return comment;
}

/** The server knows a commit only by its whole hash. @throws EarlyResponse 404 */
export function requireCommit(context: RequestContext, repository: Repository): string {
  const hash = context.param("commit").toLowerCase();
  if (!repository.commits.has(hash)) throw new EarlyResponse(errors.commitNotFound(fullName(repository), context.param("commit")));
  return hash;
}

/** @throws EarlyResponse 401 without a login */
export function requireAuthor({ caller, state }: RequestContext): CommentAuthor {
  if (caller === undefined) throw new EarlyResponse(errors.loginRequired(state.switches.version));
  const { owner, name, token } = caller;
  return { id: name, displayName: owner.type === "user" ? owner.user.displayName : (token?.name ?? name) };
}

/** The account with the author's name; otherwise a user whom only the sandbox knows, such as that of a project's token. */
export function findUser(credentials: Pick<Credentials, "findAccount">, { id, displayName }: CommentAuthor): User {
  const known = credentials.findAccount(id) ?? [AUTHOR, REVIEWER].find(({ name }) => name === id);
  return known ?? createUser(1_000_003, id, displayName);
}
