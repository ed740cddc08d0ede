/** Errors of Spacelift as Problems. */
import { ISSUES_URL, problem, type DiagnosticCode } from "../../domain";
import type { FailureDetails, Problem } from "../../diagnostics";
import { asList, asObject, asText } from "../http/json";
import type { HttpResponse } from "../http/request";
import { isUnauthorized, isUnknownField, type GraphQlError, type Operation } from "./graphql-result";
import type { Session } from "./session";

interface GraphQlFailure {
  readonly errors: readonly GraphQlError[];
  readonly operation: Operation;
  readonly session: Session;
  /** Whether the operation was executed before the errors occurred. */
  readonly executed: boolean;
  /** The messages of the server, without a final period. */
  readonly messages: string;
}

interface ErrorRule {
  readonly when: (failure: GraphQlFailure) => boolean;
  readonly code: DiagnosticCode;
  readonly kind: FailureDetails["kind"];
  readonly why: (failure: GraphQlFailure) => string;
  readonly fix: (failure: GraphQlFailure) => string;
  /** Set if the error shows that nothing was executed, regardless of its path. */
  readonly execution?: "no";
}

/** The first rule that matches applies. */
const ERROR_RULES: readonly ErrorRule[] = [
  {
    // A missing permission: GraphQl has already ruled out an invalid token.
    when: ({ errors }) => errors.some(isUnauthorized),
    code: "remote-permission-denied",
    kind: "not-permitted",
    why: ({ session, operation, messages }) =>
      `${session.keyName} is not permitted to run "${operation.name}" at Spacelift (${session.host}): ${messages}.`,
    fix: () =>
      "Use a key with admin access to the Space in question. Spaces and the default integration require admin access to the root Space.",
  },
  {
    when: ({ errors }) => errors.some(isUnknownField),
    code: "remote-request-rejected",
    kind: "bad-input",
    why: ({ session, operation, messages }) =>
      `Spacelift (${session.host}) does not know a field that "${operation.name}" requests: ${messages}.`,
    // A server that does not know a field rejects the whole document.
    execution: "no",
    fix: () =>
      `This Spacelift server is older or newer than the versions that Bitlift supports. Update it if you host it; otherwise report this message at ${ISSUES_URL}.`,
  },
];

const OTHER_ERRORS: Omit<ErrorRule, "when"> = {
  code: "remote-request-rejected",
  kind: "bad-input",
  why: ({ session, operation, messages }) =>
    `Spacelift (${session.host}) rejected "${operation.name}" with ${session.keyName}: ${messages}.`,
  fix: ({ executed }) =>
    executed
      ? "Check in Spacelift whether the change was made, then run the command again."
      : "Correct what the message describes, then run the command again.",
};

export function graphqlErrorsProblem(errors: readonly GraphQlError[], operation: Operation, session: Session): Problem {
  const messages = [...new Set(errors.map(({ message }) => message))].join("; ").replace(/\.$/, "");
  // Errors below the field of the operation occur after its execution. With an error at that field, nothing was executed.
  const executed = operation.kind === "mutation" && errors.length > 0 && errors.every(({ path }) => path.length > 1);
  const failure = { errors, operation, session, executed, messages };
  const rule = ERROR_RULES.find(({ when }) => when(failure)) ?? OTHER_ERRORS;
  const execution = rule.execution ?? (executed ? "unknown" : "no");
  return problem(rule.code, { why: rule.why(failure), fix: rule.fix(failure) }, { kind: rule.kind, execution, status: 200 });
}

/** A status that is neither 200 nor 401. */
export function statusProblem({ body, status }: HttpResponse, operation: Operation, session: Session): Problem {
  const messages = (asList(asObject(body)?.["errors"]) ?? [])
    .map((item) => asText(asObject(item)?.["message"]))
    .filter((text) => text !== null);
  const reason = messages.length === 0 ? "" : `: ${messages.join("; ")}`;
  const why = `Spacelift (${session.host}) responded to "${operation.name}" with status ${status}${reason}.`;
  if (status === 403) {
    const fix = "Check the login policies and IP restrictions of the account, and any proxy in between.";
    return problem("remote-permission-denied", { why, fix }, { kind: "not-permitted", execution: "no", status });
  }
  const fix = `Check that ${session.graphqlUrl.href} is the GraphQL address of your account.`;
  return problem("remote-response-invalid", { why, fix }, { kind: "transport", execution: status < 400 ? "unknown" : "no", status });
}
