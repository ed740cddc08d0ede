/** A refusal of Spacelift as a Problem. */
import { problem } from "../../domain";
import type { Problem } from "../../diagnostics";
import type { HttpAnswer } from "../http/http";
import { listOf, objectOf, textOf } from "../http/json";
import { saysUnauthorized, saysUnknownField, type GraphQlError, type Operation } from "./graphql-answer";
import type { Session } from "./session";

/** GraphQL errors. `unauthorized` stands for a missing permission here: a bad token was told apart before. */
export function explainErrors(errors: readonly GraphQlError[], operation: Operation, session: Session): Problem {
  const texts = [...new Set(errors.map((found) => found.message))].join("; ").replace(/\.$/, "");
  const where = `Spacelift (${session.host})`;
  // Errors below the operation's own field come after its work; above it, nothing has happened.
  const executed = operation.kind === "mutation" && errors.length > 0 && errors.every((found) => found.path.length > 1);
  const execution = executed ? "unknown" : "no";
  if (errors.some(saysUnauthorized)) {
    return problem(
      "remote-permission-denied",
      {
        why: `${session.keyName} may not do "${operation.name}" at ${where}: ${texts}.`,
        fix: "Use a key with admin access to the Space in question (for Spaces and for the default integration: to the root Space).",
      },
      { kind: "not-permitted", execution, status: 200 },
    );
  }
  if (errors.some(saysUnknownField)) {
    return problem(
      "remote-request-rejected",
      {
        why: `${where} does not know what "${operation.name}" asks for: ${texts}.`,
        fix: "This Spacelift server is older or newer than what Bitlift knows. Update it if it is your own; otherwise report the message.",
      },
      { kind: "bad-input", execution: "no", status: 200 },
    );
  }
  return problem(
    "remote-request-rejected",
    {
      why: `${where} refused "${operation.name}" with ${session.keyName}: ${texts}.`,
      fix: executed
        ? "Look in Spacelift whether the change was made, then run the command again."
        : "Correct what the message names, then run the command again.",
    },
    { kind: "bad-input", execution, status: 200 },
  );
}

/** A status that is neither 200 nor 401. */
export function explainStatus(answer: HttpAnswer, operation: Operation, session: Session): Problem {
  const messages = (listOf(objectOf(answer.body)?.["errors"]) ?? [])
    .map((item) => textOf(objectOf(item)?.["message"]))
    .filter((text) => text !== null);
  const said = messages.length === 0 ? "" : `: ${messages.join("; ")}`;
  const status = answer.status;
  const why = `Spacelift (${session.host}) answered "${operation.name}" with status ${String(status)}${said}.`;
  if (status === 403) {
    return problem(
      "remote-permission-denied",
      { why, fix: "Check login policies and IP restrictions of the account, and any proxy in between." },
      { kind: "not-permitted", execution: "no", status },
    );
  }
  return problem(
    "remote-response-invalid",
    { why, fix: `Check that ${session.graphqlUrl.href} is the GraphQL address of your account.` },
    { kind: "transport", execution: status < 400 ? "unknown" : "no", status },
  );
}
