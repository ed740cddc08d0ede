// Error responses of Bitbucket Cloud in their recorded shapes: an error object, or a plain string for tokens without scopes.
import type { SandboxResponse } from "../../core/service";

export function createErrorResponse(status: number, message: string, more: Readonly<Record<string, unknown>> = {}): SandboxResponse {
  return { status, body: { type: "error", error: { message, ...more } } };
}

const CHALLENGE = { "www-authenticate": 'Basic realm="Bitbucket.org HTTP"' };

export const errors = {
  badCredential: (): SandboxResponse => ({
    ...createErrorResponse(401, "Token is invalid, expired, or not supported for this endpoint."),
    headers: CHALLENGE,
  }),
  tokenExpired: (): SandboxResponse => ({
    ...createErrorResponse(401, "Access token expired. Use your refresh token to obtain a new access token."),
    headers: CHALLENGE,
  }),
  /** `error` is a string here. */
  tokenWithoutScopes: (): SandboxResponse => ({
    status: 401,
    headers: CHALLENGE,
    body: { error: "API Token provided has no Bitbucket scopes." },
  }),
  /** Wording assumed. */
  loginRequired: (): SandboxResponse => ({ ...createErrorResponse(401, "You must log in to use this resource."), headers: CHALLENGE }),
  wrongCredentialType: (): SandboxResponse => createErrorResponse(403, "This API is not accessible by this authentication mechanism"),
  missingScopes: (required: readonly string[], granted: readonly string[]): SandboxResponse =>
    createErrorResponse(403, "Your credentials lack one or more required privilege scopes.", { detail: { required, granted } }),
  /** Wording assumed. */
  notAdmin: (): SandboxResponse => createErrorResponse(403, "You need administrator permission for this action."),
  pathNotFound: (): SandboxResponse => createErrorResponse(404, "Resource not found"),
  repositoryNotFound: (): SandboxResponse =>
    createErrorResponse(
      404,
      "You may not have access to this repository or it no longer exists in this workspace. If you think this repository exists and you have access, make sure you are authenticated.",
    ),
  workspaceNotFound: (address: string): SandboxResponse => createErrorResponse(404, `No workspace with identifier '${address}'.`),
  /** Wording assumed. */
  webhookNotFound: (uuid: string): SandboxResponse => createErrorResponse(404, `${uuid} is not a valid hook`),
  projectNotFound: (key: string): SandboxResponse => createErrorResponse(404, `No project with identifier '${key}'.`),
  invalidFields: (fields: Readonly<Record<string, readonly string[]>>): SandboxResponse =>
    createErrorResponse(400, "Bad request", { fields }),
  invalidBody: (): SandboxResponse => createErrorResponse(400, "Bad request", { detail: "The body is not a JSON object." }),
  invalidPage: (name: "pagelen" | "page"): SandboxResponse => createErrorResponse(400, `Invalid ${name}`),
  notFilterable: (field: string): SandboxResponse => createErrorResponse(400, `Field ".${field}" does not support filtering`),
  invalidQuery: (why: string): SandboxResponse => createErrorResponse(400, `Invalid query: ${why}`),
  notSortable: (field: string): SandboxResponse => createErrorResponse(400, `Invalid field for sorting: ${field}`),
  lengthRequired: (): SandboxResponse => createErrorResponse(411, "A Content-Length header is required."),
  /** Wording assumed. */
  pullRequestNotFound: (id: string): SandboxResponse => createErrorResponse(404, `There is no pull request ${id}.`),
  /** Wording assumed. */
  commentNotFound: (id: string): SandboxResponse => createErrorResponse(404, `There is no comment ${id}.`),
  /** Wording assumed. */
  commitNotFound: (hash: string): SandboxResponse => createErrorResponse(404, `Commit not found: ${hash}`),
  /** Wording assumed. */
  statusNotFound: (key: string): SandboxResponse => createErrorResponse(404, `There is no build status ${key}.`),
  /** Wording assumed. */
  notCommentAuthor: (): SandboxResponse => createErrorResponse(403, "Only the author can change a comment."),
  /** The caller chooses the wording. */
  conflict: (message: string): SandboxResponse => createErrorResponse(409, message),
  /** Sent by the servers in front of the API, which know nothing of its errors. */
  htmlBadRequest: (): SandboxResponse => ({
    status: 400,
    headers: { "content-type": "text/html; charset=utf-8" },
    body: "<!doctype html>\n<html><head><title>Bad Request (400)</title></head><body><h1>Bad Request (400)</h1></body></html>\n",
  }),
  /** Reports are a separate service, whose errors have no envelope. Only the message for too many annotations is recorded. */
  insights: (status: 400 | 404, message: string): SandboxResponse => ({ status, body: { code: status, message } }),
  endpointRemoved: (): SandboxResponse => {
    const data = { announcement_url: "https://developer.atlassian.com/cloud/bitbucket/changelog/#CHANGE-2770" };
    const error = {
      message: "CHANGE-2770 - Functionality has been deprecated",
      detail: "Please read the changelog entry for more details.",
      data,
    };
    return { status: 410, body: { type: "error", error, data } };
  },
  rateLimited: (form: "json" | "text"): SandboxResponse =>
    form === "json"
      ? createErrorResponse(429, RATE_LIMITED)
      : { status: 429, headers: { "content-type": "text/plain; charset=utf-8" }, body: RATE_LIMITED },
};

const RATE_LIMITED = "Rate limit for this resource has been exceeded";
