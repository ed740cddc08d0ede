/** Error responses of Bitbucket Cloud as Problems, in one table of rules. */
import type { Problem } from "../../../diagnostics";
import type { JsonObject } from "../../http/json";
import type { HttpResponse } from "../../http/request";
import { gitUserNameRule } from "../git-user-name";
import { policyRules, unknownPolicyRule } from "../policy-rules";
import { rejectedUrlRule, webhookLimitRule } from "../webhook-input-rules";
import { problemByRules, type ConnectionInfo, type ErrorContext, type ErrorRule } from "../error-rules";
import type { LoginMethod } from "../login";
import { isOfReview, type Subject } from "../subject";
import { isGone, parseErrorBody, type ErrorBody } from "./error-body";

type Context = ErrorContext<ErrorBody>;

const SCOPES =
  "read:webhook:bitbucket, write:webhook:bitbucket, delete:webhook:bitbucket, read:repository:bitbucket and read:pullrequest:bitbucket for an API token; webhook, repository and pullrequest for an access token";

const REVIEW_SCOPES =
  "read:pullrequest:bitbucket and read:repository:bitbucket for an API token; pullrequest and repository for an access token";

/** {source} is where the login is set. */
const LOGIN_HINTS: Readonly<Record<LoginMethod, string>> = {
  password:
    "Check {source}. If the password is an app password: Atlassian disabled all app passwords on July 28, 2026. Use email with an API token (BITBUCKET_EMAIL, BITBUCKET_API_TOKEN), " +
    "or an access token (BITBUCKET_ACCESS_TOKEN).",
  "API token":
    "Check {source}. The user must be the email of the Atlassian account, not its username. The token must have scopes for Bitbucket and must not have expired.",
  "Pipelines proxy":
    "The proxy of Bitbucket Pipelines logs in only for Code Insights. Set BITLIFT_REVIEW_TOKEN (with BITLIFT_REVIEW_EMAIL for an API token) for everything else.",
  "access token":
    "Check {source}. The token may have expired, or belong to another repository, project, or workspace. An API token must be set with its email instead.",
};

/** Where a login is set if the caller does not say. */
const STANDARD_SOURCES: Readonly<Record<LoginMethod, string>> = {
  password: "BITBUCKET_USERNAME and BITBUCKET_PASSWORD (or the bitbucket_cloud block)",
  "API token": "BITBUCKET_EMAIL and BITBUCKET_API_TOKEN (or the bitbucket_cloud block)",
  "access token": "BITBUCKET_ACCESS_TOKEN (or the bitbucket_cloud block)",
  "Pipelines proxy": "the proxy of Bitbucket Pipelines",
};

const RULES: readonly ErrorRule<ErrorBody>[] = [
  gitUserNameRule("cloud"),
  ...policyRules<ErrorBody>([401, 402, 403]),
  {
    when: ({ status }) => status === 401,
    code: "remote-unauthenticated",
    kind: "not-permitted",
    reason: ({ connection: { login, user } }) => (user === null ? undefined : `The login was the ${login} with the user "${user}".`),
    fix: ({ connection: { login, loginSource } }) => LOGIN_HINTS[login].replace("{source}", loginSource ?? STANDARD_SOURCES[login]),
  },
  {
    when: ({ status, requiredScopes }) => status === 403 && requiredScopes.length > 0,
    code: "remote-permission-denied",
    kind: "not-permitted",
    reason: ({ requiredScopes, grantedScopes, connection }) =>
      `The request requires the scopes ${requiredScopes.join(", ")}; this ${connection.login} has ${grantedScopes.join(", ") || "none"}.`,
    fix: ({ connection, subject }) =>
      isOfReview(subject)
        ? `Create a new ${connection.login} with the scopes for reviews: ${REVIEW_SCOPES}.`
        : `Create a new ${connection.login} with the scopes for webhooks: ${SCOPES}.`,
  },
  unknownPolicyRule(),
  {
    when: ({ status }) => status === 403,
    code: "remote-permission-denied",
    kind: "not-permitted",
    reason: ({ connection }) => `The ${connection.login} is valid.`,
    fix: ({ subject, connection }) =>
      isOfReview(subject)
        ? connection.login === "Pipelines proxy"
          ? LOGIN_HINTS["Pipelines proxy"]
          : `Use a credential that can read ${"repository" in subject ? subject.repository : "the repository"} and its pull requests, with the scopes ${REVIEW_SCOPES}. Only its author can change a comment.`
        : subject.kind === "workspace"
          ? "Use the credential of a member of this workspace, with read access to repositories."
          : subject.kind === "repository"
            ? `Use a credential with read access to ${subject.repository} and the scope ${connection.login === "access token" ? "repository" : "read:repository:bitbucket"}.`
            : `Managing webhooks requires an administrator of the repository. Grant admin access on it to the account of the ${connection.login}, and give the token the scopes ${SCOPES}.`,
  },
  {
    when: ({ response, subject }) => isGone(response) && subject.kind === "webhook",
    code: "webhook-not-found",
    kind: "gone",
    reason: ({ subject }) => `The webhook ${subject.kind === "webhook" ? subject.id : ""} does not exist.`,
    fix: () => "Run the command again. The next plan creates the webhook again.",
  },
  {
    // Code Insights has an error body of its own.
    when: ({ response, subject, status, message }) => isOfReview(subject) && (isGone(response) || (status === 404 && message !== null)),
    code: "review-target-not-found",
    kind: "gone",
    reason: () => "Bitbucket does not distinguish between an object that does not exist and one that is not visible to this credential.",
    fix: ({ subject, connection }) =>
      `Check the number of the pull request and its repository, and whether ${"repository" in subject ? subject.repository : "the repository"} is visible to the ${connection.login}.`,
  },
  {
    when: ({ response }) => isGone(response),
    code: "repository-not-found",
    kind: "gone",
    reason: ({ status }) =>
      status === 410
        ? "Its workspace was closed or deleted."
        : "Bitbucket does not distinguish between an object that does not exist and one that is not visible to this credential.",
    fix: fixForGoneRepository,
  },
  {
    when: ({ status, announcement }) => status === 404 || (status === 410 && announcement === null),
    code: "remote-response-invalid",
    kind: "transport",
    reason: () => "This is not how Bitbucket reports an object that does not exist.",
    fix: ({ connection }) => `Check that ${connection.address} is the address of the API, and check any proxy between it and this machine.`,
  },
  {
    when: ({ status }) => status === 410,
    code: "remote-request-rejected",
    kind: "bad-input",
    reason: () => "The operation was removed from Bitbucket's API.",
    fix: ({ announcement }) => `See ${announcement ?? "Bitbucket's changelog"}, and update Bitlift.`,
  },
  webhookLimitRule(),
  {
    when: ({ status, fields }) => status === 400 && fields.some((field) => field.startsWith("events:")),
    code: "remote-request-rejected",
    kind: "bad-input",
    fix: () => "Check the spelling of the event in additional_events: the page of the resource lists the events of Bitbucket Cloud.",
  },
  rejectedUrlRule(),
];

/**
 * @param response with any status that is not a success
 * @param sent the body of the request
 */
export function errorResponseProblem(response: HttpResponse, subject: Subject, connection: ConnectionInfo, sent?: JsonObject): Problem {
  return problemByRules(RULES, parseErrorBody(response), { response, subject, connection, sent });
}

function fixForGoneRepository({ subject, connection }: Context): string {
  const address = `whether ${connection.address} ends in /2.0`;
  return subject.kind === "workspace"
    ? `Check the slug of the workspace in its address, whether the ${connection.login} belongs to a member of the workspace, and ${address}.`
    : `Check the slugs of workspace and repository (as in the repository's address), whether the repository is visible to the ${connection.login}, and ${address}. A renamed repository is available under its new name.`;
}
