/** A refusal of Bitbucket Data Center as a Problem: by status and by the name of its exception, as one table. */
import { problem, type DiagnosticCode } from "../../../domain";
import type { Execution, FailureKind, Problem } from "../../../diagnostics";
import { subjectName, type Subject } from "../subject";
import type { HttpAnswer } from "../../http/http";
import { errorBody, missingIn, type ErrorBody } from "./error-body";

/** Which form of credential is in use; messages depend on it. */
export type CredentialForm = "access token" | "password";

export interface Place {
  readonly host: string;
  /** The server's address as it was configured. */
  readonly url: string;
  readonly form: CredentialForm;
}

interface Refused extends ErrorBody {
  readonly answer: HttpAnswer;
  readonly status: number;
  readonly subject: Subject;
  readonly place: Place;
}

interface Explanation {
  readonly when: (refused: Refused) => boolean;
  readonly code: DiagnosticCode;
  readonly kind: FailureKind;
  /** Continues what the server said; whole sentences. */
  readonly because?: (refused: Refused) => string;
  readonly fix: (refused: Refused) => string;
  /** A change that was refused in this way may have been carried out all the same. */
  readonly execution?: Execution;
}

/** Where the login is written. With several servers each has a block, and often variables of other names. */
const settingOf = ({ form }: Place): string =>
  `${form === "access token" ? "BITBUCKET_DATACENTER_TOKEN" : "BITBUCKET_DATACENTER_USERNAME and BITBUCKET_DATACENTER_PASSWORD"} (or the bitbucket_datacenter block)`;

const isValidation = ({ exception }: ErrorBody): boolean =>
  exception === "" || /(Validation|ConstraintViolation)\w*Exception$/.test(exception);

const isArchived = ({ exception, message }: ErrorBody): boolean => /archived/i.test(`${exception} ${message ?? ""}`);

/** The first that fits holds. */
const EXPLANATIONS: readonly Explanation[] = [
  // Who asks
  {
    when: ({ status, exception }) => status === 401 && exception === "AuthorisationException",
    code: "remote-permission-denied",
    kind: "not-permitted",
    because: ({ place, answer }) => {
      // Servers name the user in every answer to a login that they took. Before release 9 a request without login is refused in the same words.
      const user = answer.headers["x-ausername"];
      return user
        ? `The ${place.form} is that of ${user}, who may not do this.`
        : `The ${place.form} may not do this, or the server saw no login.`;
    },
    fix: permissionFor,
  },
  {
    when: ({ status, exception }) => status === 401 && exception === "NoAccessAuthenticationException",
    code: "remote-permission-denied",
    kind: "not-permitted",
    because: () => "The user has no licence for Bitbucket.",
    fix: () => "Have an administrator of the server give this user access to Bitbucket, or use the credential of a user who has it.",
  },
  {
    when: ({ status, exception }) => status === 401 && exception === "AuthenticationRequiredException",
    code: "remote-unauthenticated",
    kind: "not-permitted",
    because: () => "The server has seen no login in the request.",
    fix: ({ place }) =>
      place.form === "access token"
        ? `Check ${settingOf(place)}: it must be an HTTP access token of ${place.host} that has not expired. A proxy that drops the header Authorization looks the same.`
        : "Check whether the server allows Basic authentication; otherwise use an HTTP access token (BITBUCKET_DATACENTER_TOKEN). A proxy that drops the header Authorization looks the same.",
  },
  {
    when: ({ status }) => status === 401,
    code: "remote-unauthenticated",
    kind: "not-permitted",
    fix: ({ place }) =>
      place.form === "access token"
        ? `Check ${settingOf(place)}: an HTTP access token of ${place.host} that has neither expired nor been revoked.`
        : `Check ${settingOf(place)}: the user name is not the email address. Where single sign-on has replaced passwords, use an HTTP access token (BITBUCKET_DATACENTER_TOKEN).`,
  },
  {
    when: ({ status, exception, answer }) =>
      status === 403 && (exception.startsWith("Captcha") || /captcha/i.test(answer.headers["x-authentication-denied-reason"] ?? "")),
    code: "remote-unauthenticated",
    kind: "not-permitted",
    because: () => "After several failed logins the server wants a captcha solved, and takes no password from a program until then.",
    fix: ({ place }) => `Log in as this user in a browser at ${place.url}/login, correct ${settingOf(place)}, then run the command again.`,
  },
  {
    when: ({ status, message }) => status === 403 && /xsrf/i.test(message ?? ""),
    code: "remote-request-rejected",
    kind: "bad-input",
    because: () => "The server takes the request for one that another site made a browser send.",
    fix: ({ place }) => `Let the header X-Atlassian-Token pass through what stands between this machine and ${place.host}.`,
  },
  {
    when: ({ status, message }) => status === 403 && /basic auth/i.test(message ?? ""),
    code: "remote-unauthenticated",
    kind: "not-permitted",
    fix: () => "Use an HTTP access token (BITBUCKET_DATACENTER_TOKEN) in place of user name and password.",
  },
  // What it is about
  {
    when: (refused) => [403, 409].includes(refused.status) && isArchived(refused),
    code: "remote-request-rejected",
    kind: "bad-input",
    because: () => "The repository is archived, and nothing in it can be changed.",
    fix: () =>
      "Bring the repository back from the archive in its settings. An archived repository delivers nothing: where its webhook is to go from the configuration, a removed block with destroy = false (or terraform state rm) leaves it there.",
  },
  {
    when: ({ status }) => status === 403,
    code: "remote-permission-denied",
    kind: "not-permitted",
    fix: (refused) => `${permissionFor(refused)} A licence of the server that has ended or is too small is refused with 403 as well.`,
  },
  {
    when: ({ answer, subject }) => subject.kind === "webhook" && ["entity", "unsaid"].includes(missingIn(answer) ?? ""),
    code: "webhook-not-found",
    kind: "gone",
    fix: () => "Run the command again: the next plan creates it anew.",
  },
  {
    when: ({ answer, subject }) => missingIn(answer) === "repository" || (missingIn(answer) === "unsaid" && subject.kind !== "server"),
    code: "repository-not-found",
    kind: "gone",
    fix: ({ subject, place }) =>
      subject.kind === "project"
        ? `Check the project's key in its address (~<user> for personal repositories), and whether the ${place.form} can see the project.`
        : `Check project key and repository slug, as in the repository's address, and whether the ${place.form} can see it. A repository that was renamed or moved answers under its new name.`,
  },
  {
    when: ({ status, isBareRoute }) => status === 404 && isBareRoute,
    code: "remote-response-invalid",
    kind: "transport",
    because: () => "The server has no such address in its REST API.",
    fix: ({ place }) =>
      `Check that ${place.url} is the address of Bitbucket Data Center with its context path, if it has one, and that its release is 5.4 or newer: older ones have no webhooks.`,
  },
  {
    when: ({ status }) => status === 404 || status === 410,
    code: "remote-response-invalid",
    kind: "transport",
    because: () => "That is not how Bitbucket says that something does not exist.",
    fix: ({ place }) =>
      `Check that ${place.url} is the address of Bitbucket Data Center with its context path, if it has one (as in https://<host>/bitbucket), and what stands in between.`,
  },
  // What was sent
  {
    when: (refused) => refused.status === 400 && refused.isBitbuckets && !isValidation(refused),
    code: "remote-response-invalid",
    kind: "transport",
    execution: "unknown",
    because: ({ exception }) => `${exception} is a failure of the server, which can come after the change was stored.`,
    fix: () => "Run the command again: it looks first at what is there.",
  },
  {
    when: ({ status, fields }) => status === 400 && fields.some((field) => field.startsWith("events:")),
    code: "remote-request-rejected",
    kind: "bad-input",
    fix: ({ fields }) =>
      fields.some((field) => field.includes("pr:from_ref_updated"))
        ? "Update the server: Spacelift needs pr:from_ref_updated, which exists from Bitbucket 7.0 on."
        : "Check the spelling of the event in additional_events (Data Center's begin with repo:, pr: or mirror:), and whether this release has it.",
  },
  {
    when: ({ status }) => status === 409,
    code: "remote-request-rejected",
    kind: "bad-input",
    fix: () => "Somebody else has changed the same thing, or a name is taken: correct what the message names, then run the command again.",
  },
  {
    when: ({ status }) => [405, 406, 415].includes(status),
    code: "remote-response-invalid",
    kind: "transport",
    fix: ({ place }) =>
      `Check that ${place.url} is the address of Bitbucket Data Center, and what stands in between: it changes or refuses the request.`,
  },
];

const ANYTHING_ELSE: Omit<Explanation, "when"> = {
  code: "remote-request-rejected",
  kind: "bad-input",
  fix: ({ fields }) =>
    `Correct ${fields.length === 0 ? "what the message names" : "the fields that are named"}, then run the command again.`,
};

/** Any status that is no success. */
export function explain(answer: HttpAnswer, subject: Subject, place: Place): Problem {
  const body = errorBody(answer);
  const refused: Refused = { ...body, answer, status: answer.status, subject, place };
  const { code, kind, because, fix, execution } = EXPLANATIONS.find((one) => one.when(refused)) ?? ANYTHING_ELSE;
  const said = body.message === null ? "" : `: ${body.message.replace(/\.$/, "")}`;
  const why = [
    `Bitbucket Data Center (${place.host}) answered ${String(answer.status)} to ${answer.asked.operation} (${subjectName(subject)})${said}.`,
    body.fields.length === 0 ? undefined : `Bitbucket objects to ${body.fields.join("; ").replace(/\.?$/, ".")}`,
    because?.(refused),
  ];
  const isChange = answer.asked.method !== "GET";
  return problem(
    code,
    { why: why.filter((part) => part !== undefined).join(" "), fix: fix(refused) },
    { kind, status: answer.status, execution: isChange && execution !== undefined ? execution : answer.asked.execution },
  );
}

function permissionFor({ subject, place }: Refused): string {
  switch (subject.kind) {
    case "webhooks of a repository":
    case "webhook":
      return `Managing webhooks needs REPO_ADMIN on ${subject.repository}: give it to the user behind the ${place.form}${place.form === "access token" ? ", and to the token: an HTTP access token has permissions of its own" : ""}.`;
    case "repository":
      return `Reading ${subject.repository} needs REPO_READ on it: give it to the user behind the ${place.form}.`;
    case "workspace":
    case "project":
      return `Listing the repositories of ${subject.name} needs PROJECT_READ on it, or REPO_READ on one of them: give it to the user behind the ${place.form}.`;
    case "server":
      return `Check what the ${place.form} may do at ${place.host}.`;
  }
}
