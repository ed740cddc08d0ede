/** Turns an error response of either Bitbucket product into a Problem, by a table of rules. */
import { problem, type DiagnosticCode } from "../../domain";
import type { Execution, FailureKind, Problem } from "../../diagnostics";
import type { JsonObject } from "../http/json";
import type { HttpResponse } from "../http/request";
import type { LoginMethod } from "./login";
import { describeSubject, type Subject } from "./subject";
import { describeSentValues, fixForFields } from "./webhook-input-rules";

/** The server and the login in use, for messages. */
export interface ConnectionInfo {
  /** `Bitbucket Cloud` */
  readonly product: string;
  readonly host: string;
  /** As configured. */
  readonly address: string;
  readonly login: LoginMethod;
  /** The email or user name of the login; null for a token alone. */
  readonly user: string | null;
  /** Where the login is set: `BITBUCKET_ACCESS_TOKEN`. Undefined: the standard variables. */
  readonly loginSource: string | undefined;
}

/** The parts of an error body that both products have. */
export interface ErrorMessages {
  /** The server's own text; null if it sends none. */
  readonly message: string | null;
  /** Invalid fields of the input, each with the reason. */
  readonly fields: readonly string[];
}

/** An error response with everything that the rules depend on. */
export type ErrorContext<Body extends ErrorMessages> = Body & FailedRequest & { readonly status: number };

interface FailedRequest {
  readonly response: HttpResponse;
  readonly subject: Subject;
  readonly connection: ConnectionInfo;
  /** The body of the request. */
  readonly sent: JsonObject | undefined;
}

export interface ErrorRule<Body extends ErrorMessages> {
  readonly when: (context: ErrorContext<Body>) => boolean;
  readonly code: DiagnosticCode;
  readonly kind: FailureKind;
  /** Follows the server's own message; complete sentences. */
  readonly reason?: (context: ErrorContext<Body>) => string | undefined;
  readonly fix: (context: ErrorContext<Body>) => string;
  /** Set if a change may have been executed despite this error. */
  readonly execution?: Execution;
}

const OTHER_ERRORS: Omit<ErrorRule<ErrorMessages>, "when"> = {
  code: "remote-request-rejected",
  kind: "bad-input",
  fix: ({ fields }) => fixForFields(fields),
};

/** The first rule that matches applies. */
export function problemByRules<Body extends ErrorMessages>(rules: readonly ErrorRule<Body>[], body: Body, failed: FailedRequest): Problem {
  const { response, subject, connection } = failed;
  const { status, request } = response;
  const context = { ...body, ...failed, status };
  const rule: Omit<ErrorRule<Body>, "when"> = rules.find(({ when }) => when(context)) ?? OTHER_ERRORS;
  const why = [
    `${connection.product} (${connection.host}) responded with status ${status} to ${request.operation} (${describeSubject(subject)})${quotedMessage(body)}.`,
    rejectedFields(body),
    describeSentValues(context),
    rule.reason?.(context),
  ];
  const execution = request.method === "GET" ? request.execution : (rule.execution ?? request.execution);
  return problem(
    rule.code,
    { why: why.filter((part) => part !== undefined).join(" "), fix: rule.fix(context) },
    { kind: rule.kind, status, execution },
  );
}

function quotedMessage({ message }: ErrorMessages): string {
  return message === null ? "" : `: ${message.replace(/\.$/, "")}`;
}

function rejectedFields({ fields }: ErrorMessages): string | undefined {
  return fields.length === 0 ? undefined : `Bitbucket rejects ${fields.join("; ").replace(/\.?$/, ".")}`;
}
