/** Error responses of Bitbucket Data Center as Problems: by status and name of the exception, in one table of rules. */
import type { Problem } from "../../../diagnostics";
import type { JsonObject } from "../../http/json";
import type { HttpResponse } from "../../http/request";
import { gitUserNameRule } from "../git-user-name";
import { policyRules, unknownPolicyRule } from "../policy-rules";
import { rejectedUrlRule, webhookLimitRule } from "../webhook-input-rules";
import { problemByRules, type ConnectionInfo, type ErrorContext, type ErrorRule } from "../error-rules";
import { isOfReview, type Subject } from "../subject";
import { goneObject, parseErrorBody, type ErrorBody } from "./error-body";

type Context = ErrorContext<ErrorBody>;
type Rules = readonly ErrorRule<ErrorBody>[];

const PROXY_WITHOUT_HEADER = "A proxy that drops the Authorization header causes the same error.";

/** The login is missing, wrong, or blocked. */
const LOGIN_RULES: Rules = [
  {
    when: ({ status, exception }) => status === 401 && exception === "AuthorisationException",
    code: "remote-permission-denied",
    kind: "not-permitted",
    reason: ({ connection, response }) => {
      // Servers name the user in every response to an accepted login. Before release 9, a request without a login gets the same message.
      const user = response.headers["x-ausername"];
      return user
        ? `The ${connection.login} belongs to ${user}, who is not permitted to do this.`
        : `The ${connection.login} does not permit this, or the server received no login.`;
    },
    fix: permissionHint,
  },
  {
    when: ({ status, exception }) => status === 401 && exception === "NoAccessAuthenticationException",
    code: "remote-permission-denied",
    kind: "not-permitted",
    reason: () => "The user has no license for Bitbucket.",
    fix: () => "Ask an administrator of the server to give this user access to Bitbucket, or use the credential of a user who has access.",
  },
  {
    when: ({ status, exception }) => status === 401 && exception === "AuthenticationRequiredException",
    code: "remote-unauthenticated",
    kind: "not-permitted",
    reason: () => "The server received no login with the request.",
    fix: ({ connection }) =>
      connection.login === "access token"
        ? `Check ${settingOf(connection)}: it must be an HTTP access token of ${connection.host} that has not expired. ${PROXY_WITHOUT_HEADER}`
        : `Check whether the server allows Basic authentication; otherwise use an HTTP access token (BITBUCKET_DATACENTER_TOKEN). ${PROXY_WITHOUT_HEADER}`,
  },
  ...policyRules<ErrorBody>([401]),
  {
    when: ({ status }) => status === 401,
    code: "remote-unauthenticated",
    kind: "not-permitted",
    fix: ({ connection }) =>
      connection.login === "access token"
        ? `Check ${settingOf(connection)}: it must be an HTTP access token of ${connection.host} that has neither expired nor been revoked.`
        : `Check ${settingOf(connection)}: the username is not the email address. If single sign-on has replaced passwords, use an HTTP access token (BITBUCKET_DATACENTER_TOKEN).`,
  },
  {
    when: ({ status, exception, response }) =>
      status === 403 && (exception.startsWith("Captcha") || /captcha/i.test(response.headers["x-authentication-denied-reason"] ?? "")),
    code: "remote-unauthenticated",
    kind: "not-permitted",
    reason: () =>
      "After several failed logins, the server requires a captcha. Until a person solves it, the server accepts no password from a program.",
    fix: ({ connection }) =>
      `Log in as this user in a browser at ${connection.address}/login, correct ${settingOf(connection)}, then run the command again.`,
  },
  {
    when: ({ status, message }) => status === 403 && /xsrf/i.test(message ?? ""),
    code: "remote-request-rejected",
    kind: "bad-input",
    reason: () => "The server treats the request as cross-site request forgery (XSRF).",
    fix: ({ connection }) => `Configure every proxy between this machine and ${connection.host} to forward the X-Atlassian-Token header.`,
  },
  {
    when: ({ status, message }) => status === 403 && /basic auth/i.test(message ?? ""),
    code: "remote-unauthenticated",
    kind: "not-permitted",
    fix: () => "Use an HTTP access token (BITBUCKET_DATACENTER_TOKEN) instead of username and password.",
  },
];

/** The object of the request is gone, archived, or not accessible. */
const OBJECT_RULES: Rules = [
  {
    when: (context) => [403, 409].includes(context.status) && isArchived(context),
    code: "remote-request-rejected",
    kind: "bad-input",
    reason: () => "The repository is archived, so nothing in it can be changed.",
    fix: () =>
      "Unarchive the repository in its settings. An archived repository delivers nothing: to remove only its webhook from the configuration, use a removed block with destroy = false (or terraform state rm), which leaves the webhook in place.",
  },
  ...policyRules<ErrorBody>([402, 403]),
  unknownPolicyRule(),
  {
    when: ({ status }) => status === 403,
    code: "remote-permission-denied",
    kind: "not-permitted",
    fix: (context) => `${permissionHint(context)} A server license that has expired or is too small also results in 403.`,
  },
  {
    when: ({ response, subject }) => subject.kind === "webhook" && ["other", "unspecified"].includes(goneObject(response) ?? ""),
    code: "webhook-not-found",
    kind: "gone",
    fix: () => "Run the command again. The next plan creates the webhook again.",
  },
  {
    when: ({ response, subject }) => isOfReview(subject) && goneObject(response) !== undefined,
    code: "review-target-not-found",
    kind: "gone",
    fix: ({ subject, connection }) =>
      `Check the number of the pull request, its project key and its repository slug, and whether ${"repository" in subject ? subject.repository : "the repository"} is visible to the ${connection.login}.`,
  },
  {
    when: ({ response, subject }) =>
      goneObject(response) === "repository" || (goneObject(response) === "unspecified" && subject.kind !== "server"),
    code: "repository-not-found",
    kind: "gone",
    fix: ({ subject, connection }) =>
      subject.kind === "project"
        ? `Check the key of the project in its address (~<user> for personal repositories), and whether the project is visible to the ${connection.login}.`
        : `Check project key and repository slug, as in the repository's address, and whether the repository is visible to the ${connection.login}. A renamed or moved repository is available under its new name.`,
  },
  {
    when: ({ status, isUnknownRoute }) => status === 404 && isUnknownRoute,
    code: "remote-response-invalid",
    kind: "transport",
    reason: () => "The REST API of the server has no such address.",
    fix: ({ connection }) =>
      `Check that ${connection.address} is the address of Bitbucket Data Center, including its context path if it has one, and that its release is 5.4 or later. Earlier releases have no webhooks.`,
  },
  {
    when: ({ status }) => status === 404 || status === 410,
    code: "remote-response-invalid",
    kind: "transport",
    reason: () => "This is not how Bitbucket reports an object that does not exist.",
    fix: ({ connection }) =>
      `Check that ${connection.address} is the address of Bitbucket Data Center, including its context path if it has one (as in https://<host>/bitbucket), and check any proxy between it and this machine.`,
  },
];

/** The content of the request is rejected. */
const INPUT_RULES: Rules = [
  {
    when: (context) => context.status === 400 && context.isBitbucketError && !isValidation(context),
    code: "remote-response-invalid",
    kind: "transport",
    execution: "unknown",
    reason: ({ exception }) => `${exception} is a failure of the server. It can occur after the server has stored the change.`,
    fix: () => "Run the command again. It looks up the current state first.",
  },
  {
    when: ({ status, fields }) => status === 400 && fields.some((field) => field.startsWith("events:")),
    code: "remote-request-rejected",
    kind: "bad-input",
    fix: ({ fields }) =>
      fields.some((field) => field.includes("pr:from_ref_updated"))
        ? "Update the server. Spacelift requires pr:from_ref_updated, which exists in Bitbucket 7.0 and later."
        : "Check the spelling of the event in additional_events (Data Center events start with repo:, pr:, or mirror:), and whether this release supports it.",
  },
  {
    when: ({ status }) => status === 409,
    code: "remote-request-rejected",
    kind: "bad-input",
    fix: () =>
      "The object was changed at the same time, or a name is already in use. Correct what the message describes, then run the command again.",
  },
  {
    when: ({ status }) => [405, 406, 415].includes(status),
    code: "remote-response-invalid",
    kind: "transport",
    fix: ({ connection }) =>
      `Check that ${connection.address} is the address of Bitbucket Data Center, and check any proxy between it and this machine: another system changes or rejects the request.`,
  },
];

const RULES: Rules = [
  gitUserNameRule("datacenter"),
  ...LOGIN_RULES,
  webhookLimitRule(),
  ...OBJECT_RULES,
  ...INPUT_RULES,
  rejectedUrlRule(),
];

/**
 * @param response with any status that is not a success
 * @param sent the body of the request
 */
export function errorResponseProblem(response: HttpResponse, subject: Subject, connection: ConnectionInfo, sent?: JsonObject): Problem {
  return problemByRules(RULES, parseErrorBody(response), { response, subject, connection, sent });
}

/** Where the login is configured. With several servers, each has its own block, often with other variables. */
function settingOf({ login, loginSource }: ConnectionInfo): string {
  if (loginSource !== undefined) return loginSource;
  const variables =
    login === "access token" ? "BITBUCKET_DATACENTER_TOKEN" : "BITBUCKET_DATACENTER_USERNAME and BITBUCKET_DATACENTER_PASSWORD";
  return `${variables} (or the bitbucket_datacenter block)`;
}

function isValidation({ exception }: ErrorBody): boolean {
  return exception === "" || /(Validation|ConstraintViolation)\w*Exception$/.test(exception);
}

function isArchived({ exception, message }: ErrorBody): boolean {
  return /archived/i.test(`${exception} ${message ?? ""}`);
}

function permissionHint({ subject, connection: { login, host } }: Context): string {
  const grant = `Grant it to the account that the ${login} belongs to`;
  switch (subject.kind) {
    case "webhooks of a repository":
    case "webhook": {
      const token = login === "access token" ? ", and to the token: an HTTP access token has separate permissions" : "";
      return `Managing webhooks requires REPO_ADMIN on ${subject.repository}. ${grant}${token}.`;
    }
    case "pull request":
    case "commit":
      return `A review requires REPO_READ on ${subject.repository}. ${grant}. Only its author can change a comment or a report.`;
    case "repository":
      return `Reading ${subject.repository} requires REPO_READ on it. ${grant}.`;
    case "workspace":
    case "project":
      return `Listing the repositories of ${subject.name} requires PROJECT_READ on it, or REPO_READ on one of them. ${grant}.`;
    case "server":
      return `Check the permissions of the ${login} at ${host}.`;
  }
}
