/** A refusal of Bitbucket Cloud as a Problem: by status, with what the body says in any of its shapes. */
import { problem } from "../../../domain";
import type { Problem } from "../../../diagnostics";
import { subjectName, type Subject } from "../subject";
import type { HttpAnswer } from "../../http/http";
import { listOf, objectOf, textOf, textsOf } from "../../http/json";

/** Which form of credential is in use; messages depend on it. */
export type CredentialForm = "access token" | "API token" | "password";

export interface Place {
  readonly host: string;
  readonly base: string;
  readonly form: CredentialForm;
}

/** What an error body says, whatever its shape. */
export interface ErrorBody {
  /** The server's own text; null where it gives none. */
  readonly message: string | null;
  /** Invalid fields of the input and what is wrong with each. */
  readonly fields: readonly string[];
  readonly requiredScopes: readonly string[];
  readonly grantedScopes: readonly string[];
  /** Where a removed operation was announced. */
  readonly announcement: string | null;
}

/** Reads an error body: `error` is an object or a text, `detail` a text or an object, a field's value a text or a list; plain text and nothing at all occur. */
export function errorBody(answer: HttpAnswer): ErrorBody {
  const body = objectOf(answer.body);
  const inner = objectOf(body?.["error"]);
  const detail = objectOf(inner?.["detail"]);
  const plain = answer.body === undefined && !/^\s*</.test(answer.text) ? answer.text.replaceAll(/\s+/g, " ").trim().slice(0, 300) : "";
  const told = [textOf(inner?.["message"]) ?? textOf(body?.["error"]) ?? textOf(body?.["message"]), textOf(inner?.["detail"])];
  const message = told.filter((part) => part !== null && part !== "").join(" ");
  const fields = Object.entries(objectOf(inner?.["fields"]) ?? {}).map(([name, value]) => {
    const reasons = typeof value === "string" ? [value] : textsOf(value);
    return `${name}: ${reasons.join(" ")}`;
  });
  return {
    message: message || plain || null,
    fields,
    requiredScopes: textsOf(detail?.["required"]),
    grantedScopes: textsOf(detail?.["granted"]),
    announcement: textOf(objectOf(inner?.["data"] ?? body?.["data"])?.["announcement_url"]),
  };
}

/** 404 or 410 in Bitbucket's own error envelope. A proxy's page is none, and neither is an operation that was removed from the API. */
export function saysAbsent(answer: HttpAnswer): boolean {
  if (answer.status !== 404 && answer.status !== 410) return false;
  const body = objectOf(answer.body);
  const enveloped = objectOf(body?.["error"]) !== undefined || listOf(body?.["errors"]) !== undefined;
  return enveloped && errorBody(answer).announcement === null;
}

/** Any status that is no success. */
export function explain(answer: HttpAnswer, subject: Subject, place: Place): Problem {
  const body = errorBody(answer);
  const { status } = answer;
  const execution = answer.asked.execution;
  const said = body.message === null ? "" : `: ${body.message.replace(/\.$/, "")}`;
  const why = `Bitbucket Cloud (${place.host}) answered ${status} to ${answer.asked.operation} (${subjectName(subject)})${said}.`;
  const details = { status, execution } as const;
  if (status === 401) return problem("remote-unauthenticated", { why, fix: loginHint(place.form) }, { ...details, kind: "not-permitted" });
  if (status === 403)
    return problem("remote-permission-denied", permission(why, body, subject, place), { ...details, kind: "not-permitted" });
  if (saysAbsent(answer)) return absent(why, subject, place, details);
  if (status === 404 || (status === 410 && body.announcement === null)) {
    return problem(
      "remote-response-invalid",
      {
        why: `${why} That is not how Bitbucket says that something does not exist.`,
        fix: `Check that ${place.base} is the address of the API, and what stands in between.`,
      },
      { ...details, kind: "transport" },
    );
  }
  if (status === 410) {
    return problem(
      "remote-request-rejected",
      {
        why: `${why} The operation was removed from Bitbucket's API.`,
        fix: `See ${body.announcement ?? "Bitbucket's changelog"}, and update Bitlift.`,
      },
      { ...details, kind: "bad-input" },
    );
  }
  const fields = body.fields.length === 0 ? "" : ` Bitbucket objects to ${body.fields.join("; ")}`;
  return problem(
    "remote-request-rejected",
    {
      why: `${why}${fields}`,
      fix:
        body.fields.length === 0
          ? "Correct what the message names, then run the command again."
          : "Correct the fields that are named, then run the command again.",
    },
    { ...details, kind: "bad-input" },
  );
}

function loginHint(form: CredentialForm): string {
  switch (form) {
    case "password":
      return (
        "If the password is an app password: Atlassian disabled all of them on 28 July 2026. Use email with an API token (BITBUCKET_EMAIL, BITBUCKET_API_TOKEN), " +
        "or an access token (BITBUCKET_ACCESS_TOKEN)."
      );
    case "API token":
      return "Check BITBUCKET_EMAIL (the Atlassian account's email, not the user name) and BITBUCKET_API_TOKEN (or the bitbucket_cloud block): the token must be made with scopes for Bitbucket and must not have expired.";
    case "access token":
      return "Check BITBUCKET_ACCESS_TOKEN (or the bitbucket_cloud block): it may have expired, or belong to another repository, project or workspace. An API token goes with its email instead.";
  }
}

const SCOPES =
  "read:webhook:bitbucket, write:webhook:bitbucket, delete:webhook:bitbucket, read:repository:bitbucket and read:pullrequest:bitbucket for an API token; webhook, repository and pullrequest for an access token";

function permission(why: string, body: ErrorBody, subject: Subject, place: Place): { readonly why: string; readonly fix: string } {
  if (body.requiredScopes.length > 0) {
    const granted = body.grantedScopes.length === 0 ? "none" : body.grantedScopes.join(", ");
    return {
      why: `${why} It needs the scopes ${body.requiredScopes.join(", ")}; this ${place.form} has ${granted}.`,
      fix: `Make a new ${place.form} with the scopes for webhooks: ${SCOPES}.`,
    };
  }
  return {
    why: `${why} The ${place.form} is valid.`,
    fix:
      subject.kind === "workspace"
        ? "Use a credential of a member of this workspace, with read access to repositories."
        : `Managing webhooks needs an administrator of the repository: give the account behind the ${place.form} admin rights on it, and the token the scopes ${SCOPES}.`,
  };
}

function absent(
  why: string,
  subject: Subject,
  place: Place,
  details: { readonly status: number; readonly execution: "no" | "unknown" },
): Problem {
  if (subject.kind === "webhook") {
    return problem(
      "webhook-not-found",
      { why: `${why} The webhook ${subject.id} is not there.`, fix: "Run the command again: the next plan creates it anew." },
      { ...details, kind: "gone" },
    );
  }
  const which =
    details.status === 410
      ? "Its workspace was closed or deleted."
      : "Bitbucket answers so for what does not exist and for what this credential may not see: the two cannot be told apart.";
  return problem(
    "repository-not-found",
    {
      why: `${why} ${which}`,
      fix:
        subject.kind === "workspace"
          ? `Check the workspace's slug in its address, whether the ${place.form} belongs to a member of it, and whether ${place.base} ends in /2.0.`
          : `Check workspace and repository slug (as in the repository's address), whether the ${place.form} can see it, and whether ${place.base} ends in /2.0. A repository that was renamed answers under its new name.`,
    },
    { ...details, kind: "gone" },
  );
}
