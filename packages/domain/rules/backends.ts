/** Rules: no argument of a backend is a secret, or a template that Terraform and OpenTofu read differently. */
import type { Cause } from "../../diagnostics";
import type { DiagnosticCode } from "../catalog";
import { isSecretBackendArgument } from "../literal-secrets";

/** An argument that the synthesized file must not contain. */
export interface BackendFault extends Cause {
  readonly code: DiagnosticCode;
  /** The map or list that contains the argument. */
  readonly holder: object;
  readonly key: string;
  /** Whether the fault is in the key itself. */
  readonly isInKey: boolean;
}

/**
 * @param type the Terraform name of the backend
 * @param quote shows a text in double quotes
 */
export function* backendFaults(type: string, argumentsOfBackend: object, quote: (text: string) => string): Generator<BackendFault> {
  for (const key of Object.keys(argumentsOfBackend)) {
    if (!isSecretBackendArgument(key)) continue;
    yield {
      code: "secret-literal",
      holder: argumentsOfBackend,
      key,
      isInKey: false,
      why: `The backend ${quote(type)} has the argument ${quote(key)}, which would be a secret in a committed file.`,
      fix: "Remove it, and set the environment variable of the backend, such as AWS_SECRET_ACCESS_KEY, TF_HTTP_PASSWORD, TF_TOKEN_<host>, ARM_CLIENT_SECRET or PG_CONN_STR.",
    };
  }
  yield* templates(argumentsOfBackend, quote);
}

const TEMPLATE = /[$%]\{/;

/** Terraform takes the arguments of a backend as they are, and OpenTofu evaluates them, so that no escape is right for both. */
function* templates(holder: object, quote: (text: string) => string): Generator<BackendFault> {
  for (const [key, value] of Object.entries(holder) as [string, unknown][]) {
    if (typeof value === "object" && value !== null) yield* templates(value, quote);
    const isInKey = TEMPLATE.test(key);
    const text = isInKey ? key : value;
    if (typeof text !== "string" || !TEMPLATE.test(text)) continue;
    yield {
      code: "value-not-allowed",
      holder,
      key,
      isInKey,
      why: `${quote(text)} contains \${ or %{, which Terraform and OpenTofu read differently in a backend.`,
      fix: "Write the value itself.",
    };
  }
}
