// Error responses of Bitbucket Data Center: a list of errors identified by exceptionName, and the error object of its REST framework.
import { STATUS_CODES } from "node:http";
import type { SandboxResponse } from "../../core/service";
import { isAtLeast, SINCE } from "./version";

export interface FieldError {
  /** The invalid field. */
  readonly context: string | null;
  readonly message: string | null;
}

const BITBUCKET = "com.atlassian.bitbucket";
const NOT_PERMITTED = "You are not permitted to access this resource";

function createErrorResponse(status: number, exceptionName: string | null, ...fieldErrors: readonly FieldError[]): SandboxResponse {
  return { status, body: { errors: fieldErrors.map(({ context, message }) => ({ context, message, exceptionName })) } };
}

const createGeneralError = (message: string | null): FieldError => ({ context: null, message });

export const errors = {
  badCredential: (): SandboxResponse =>
    createErrorResponse(
      401,
      `${BITBUCKET}.auth.IncorrectPasswordAuthenticationException`,
      createGeneralError("Authentication failed. Please check your credentials and try again."),
    ),
  /** Versions without a separate exception are assumed to use the one for missing permission. */
  loginRequired: (version: string): SandboxResponse =>
    isAtLeast(version, SINCE.loginException)
      ? createErrorResponse(
          401,
          "com.atlassian.plugins.rest.api.security.exception.AuthenticationRequiredException",
          createGeneralError(NOT_PERMITTED),
        )
      : errors.notPermitted(),
  notPermitted: (): SandboxResponse => createErrorResponse(401, `${BITBUCKET}.AuthorisationException`, createGeneralError(NOT_PERMITTED)),
  /** Wording assumed, except for its end. */
  unlicensed: (user: string): SandboxResponse =>
    createErrorResponse(401, `${BITBUCKET}.auth.NoAccessAuthenticationException`, createGeneralError(`The user ${user} is not licensed`)),
  /** Name and wording assumed. */
  captchaRequired: (base: string): SandboxResponse => ({
    ...createErrorResponse(
      403,
      `${BITBUCKET}.auth.CaptchaRequiredAuthenticationException`,
      createGeneralError("CAPTCHA verification is required. Please log in."),
    ),
    headers: { "x-authentication-denied-reason": `CAPTCHA_CHALLENGE; login-url=${base}/login` },
  }),
  /** Form assumed. */
  basicDisabled: (): SandboxResponse =>
    createErrorResponse(403, null, createGeneralError("Basic authentication has been disabled on this instance.")),
  /** Form assumed. */
  crossSiteRequest: (): SandboxResponse => ({ status: 403, headers: { "content-type": "text/plain" }, body: "XSRF check failed" }),
  projectNotFound: (key: string): SandboxResponse =>
    createErrorResponse(404, `${BITBUCKET}.project.NoSuchProjectException`, createGeneralError(`Project ${key} does not exist.`)),
  repositoryNotFound: (key: string, slug: string): SandboxResponse =>
    createErrorResponse(
      404,
      `${BITBUCKET}.repository.NoSuchRepositoryException`,
      createGeneralError(`Repository ${key}/${slug} does not exist.`),
    ),
  /** Wording assumed. */
  webhookNotFound: (id: string): SandboxResponse =>
    createErrorResponse(404, `${BITBUCKET}.NoSuchEntityException`, createGeneralError(`A webhook with the ID ${id} does not exist.`)),
  /** Wording assumed. */
  entityNotFound: (message: string): SandboxResponse =>
    createErrorResponse(404, `${BITBUCKET}.NoSuchEntityException`, createGeneralError(message)),
  invalid: (...fieldErrors: readonly FieldError[]): SandboxResponse =>
    createErrorResponse(400, `${BITBUCKET}.validation.ArgumentValidationException`, ...fieldErrors),
  /** Form assumed; it is not known whether such a limit exists. */
  webhookLimitReached: (subject: string, limit: number): SandboxResponse =>
    errors.invalid(createGeneralError(`This ${subject} has reached its limit of ${limit} webhooks.`)),
  /** Wording assumed. */
  invalidBody: (): SandboxResponse =>
    createErrorResponse(400, null, createGeneralError("The request body is not the JSON object that was expected.")),
  /** Wording assumed. */
  pullRequestNotFound: (repository: string, id: string): SandboxResponse =>
    createErrorResponse(
      404,
      `${BITBUCKET}.pull.NoSuchPullRequestException`,
      createGeneralError(`Pull request ${id} does not exist in ${repository}.`),
    ),
  /** Name and wording assumed. */
  commentNotFound: (id: string): SandboxResponse =>
    createErrorResponse(404, `${BITBUCKET}.comment.NoSuchCommentException`, createGeneralError(`There is no comment ${id}.`)),
  /** The same for an empty text. */
  invalidText: (limit: number): SandboxResponse =>
    createErrorResponse(400, null, { context: "text", message: `Please enter a non-empty value less than ${limit} characters` }),
  /** Name and wording assumed. */
  commentOutOfDate: (): SandboxResponse =>
    createErrorResponse(
      409,
      `${BITBUCKET}.comment.CommentOutOfDateException`,
      createGeneralError("You are attempting to modify a comment based on out-of-date information."),
    ),
  /** Name and wording assumed. */
  commentHasReplies: (): SandboxResponse =>
    createErrorResponse(
      409,
      `${BITBUCKET}.comment.CommentDeletionException`,
      createGeneralError("The comment has replies, so it cannot be deleted."),
    ),
  /** Wording assumed. */
  commitNotFound: (repository: string, id: string): SandboxResponse =>
    createErrorResponse(
      404,
      `${BITBUCKET}.commit.NoSuchCommitException`,
      createGeneralError(`Commit ${id} does not exist in repository ${repository}.`),
    ),
  /** Wording assumed. */
  internalError: (): SandboxResponse =>
    createErrorResponse(500, "java.lang.NullPointerException", createGeneralError("An error occurred while processing the request.")),
  /** Sent after the webhook was stored. */
  concurrentModification: (): SandboxResponse =>
    createErrorResponse(400, "java.util.ConcurrentModificationException", createGeneralError(null)),
  /** The caller chooses the wording. */
  conflict: (message: string): SandboxResponse => createErrorResponse(409, `${BITBUCKET}.IntegrityException`, createGeneralError(message)),
  /** Name and wording assumed. */
  repositoryArchived: (repository: string): SandboxResponse =>
    createErrorResponse(
      409,
      `${BITBUCKET}.repository.ArchivedRepositoryException`,
      createGeneralError(`Repository ${repository} is archived and read-only.`),
    ),
  /** Wording assumed. */
  rateLimited: (seconds: number): SandboxResponse => ({
    ...createErrorResponse(429, null, createGeneralError("You have exceeded the rate limit. Please try again later.")),
    headers: { "retry-after": `${seconds}` },
  }),
  notAcceptable: (): SandboxResponse => ({ status: 406 }),
  /** Sent by the REST framework itself. */
  frameworkError: frameworkError,
};

function frameworkError(status: 404 | 405 | 415, form: "json" | "xml" = "json"): SandboxResponse {
  const message = `HTTP ${status} ${STATUS_CODES[status] ?? ""}`;
  if (form === "json") return { status, body: { message, "status-code": status, "sub-code": -1 } };
  const body = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><status><status-code>${status}</status-code><sub-code>-1</sub-code><message>${message}</message></status>`;
  return { status, headers: { "content-type": "application/xml;charset=UTF-8" }, body };
}
