// Error answers of Bitbucket Data Center: a list of errors whose exceptionName tells them apart, and the bare object of its REST framework.
import { STATUS_CODES } from "node:http";
import type { SandboxResponse } from "../../core/service";
import { isSince, SINCE } from "./version";

export interface Complaint {
  /** The field that is wrong. */
  readonly context: string | null;
  readonly message: string | null;
}

const BITBUCKET = "com.atlassian.bitbucket";
const NOT_PERMITTED = "You are not permitted to access this resource";

function refused(status: number, exceptionName: string | null, ...complaints: readonly Complaint[]): SandboxResponse {
  return { status, body: { errors: complaints.map(({ context, message }) => ({ context, message, exceptionName })) } };
}

const plainly = (message: string | null): Complaint => ({ context: null, message });

export const errors = {
  badCredential: (): SandboxResponse =>
    refused(
      401,
      `${BITBUCKET}.auth.IncorrectPasswordAuthenticationException`,
      plainly("Authentication failed. Please check your credentials and try again."),
    ),
  /** Before the exception of its own: assumed to be the one for missing permission. */
  anonymous: (version: string): SandboxResponse =>
    isSince(version, SINCE.loginException)
      ? refused(401, "com.atlassian.plugins.rest.api.security.exception.AuthenticationRequiredException", plainly(NOT_PERMITTED))
      : errors.notPermitted(),
  notPermitted: (): SandboxResponse => refused(401, `${BITBUCKET}.AuthorisationException`, plainly(NOT_PERMITTED)),
  /** Wording assumed but for its end. */
  unlicensed: (user: string): SandboxResponse =>
    refused(401, `${BITBUCKET}.auth.NoAccessAuthenticationException`, plainly(`The user ${user} is not licensed`)),
  /** Name and wording assumed. */
  captcha: (base: string): SandboxResponse => ({
    ...refused(
      403,
      `${BITBUCKET}.auth.CaptchaRequiredAuthenticationException`,
      plainly("CAPTCHA verification is required. Please log in."),
    ),
    headers: { "x-authentication-denied-reason": `CAPTCHA_CHALLENGE; login-url=${base}/login` },
  }),
  /** Form assumed. */
  basicDisabled: (): SandboxResponse => refused(403, null, plainly("Basic authentication has been disabled on this instance.")),
  /** Form assumed. */
  crossSite: (): SandboxResponse => ({ status: 403, headers: { "content-type": "text/plain" }, body: "XSRF check failed" }),
  noProject: (key: string): SandboxResponse =>
    refused(404, `${BITBUCKET}.project.NoSuchProjectException`, plainly(`Project ${key} does not exist.`)),
  noRepository: (key: string, slug: string): SandboxResponse =>
    refused(404, `${BITBUCKET}.repository.NoSuchRepositoryException`, plainly(`Repository ${key}/${slug} does not exist.`)),
  /** Wording assumed. */
  noHook: (id: string): SandboxResponse =>
    refused(404, `${BITBUCKET}.NoSuchEntityException`, plainly(`A webhook with the ID ${id} does not exist.`)),
  /** Wording assumed. */
  noEntity: (message: string): SandboxResponse => refused(404, `${BITBUCKET}.NoSuchEntityException`, plainly(message)),
  invalid: (...complaints: readonly Complaint[]): SandboxResponse =>
    refused(400, `${BITBUCKET}.validation.ArgumentValidationException`, ...complaints),
  /** Form assumed, as whether there is such a limit. */
  tooManyHooks: (subject: string, limit: number): SandboxResponse =>
    errors.invalid(plainly(`This ${subject} has reached its limit of ${limit} webhooks.`)),
  /** Wording assumed. */
  badBody: (): SandboxResponse => refused(400, null, plainly("The request body is not the JSON object that was expected.")),
  /** Wording assumed. */
  noPullRequest: (repository: string, id: string): SandboxResponse =>
    refused(404, `${BITBUCKET}.pull.NoSuchPullRequestException`, plainly(`Pull request ${id} does not exist in ${repository}.`)),
  /** Wording assumed. */
  failed: (): SandboxResponse => refused(500, "java.lang.NullPointerException", plainly("An error occurred while processing the request.")),
  /** After the webhook was stored. */
  concurrent: (): SandboxResponse => refused(400, "java.util.ConcurrentModificationException", plainly(null)),
  /** Wording is the caller's. */
  conflict: (message: string): SandboxResponse => refused(409, `${BITBUCKET}.IntegrityException`, plainly(message)),
  /** Name and wording assumed. */
  archived: (repository: string): SandboxResponse =>
    refused(409, `${BITBUCKET}.repository.ArchivedRepositoryException`, plainly(`Repository ${repository} is archived and read-only.`)),
  /** Wording assumed. */
  rateLimited: (seconds: number): SandboxResponse => ({
    ...refused(429, null, plainly("You have exceeded the rate limit. Please try again later.")),
    headers: { "retry-after": String(seconds) },
  }),
  notAcceptable: (): SandboxResponse => ({ status: 406 }),
  /** What the REST framework answers by itself. */
  bare,
};

function bare(status: 404 | 405 | 415, form: "json" | "xml" = "json"): SandboxResponse {
  const message = `HTTP ${status} ${STATUS_CODES[status] ?? ""}`;
  if (form === "json") return { status, body: { message, "status-code": status, "sub-code": -1 } };
  const body = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><status><status-code>${status}</status-code><sub-code>-1</sub-code><message>${message}</message></status>`;
  return { status, headers: { "content-type": "application/xml;charset=UTF-8" }, body };
}
