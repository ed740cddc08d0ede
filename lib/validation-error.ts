/** Errors whose message contains the cause and the fix, because CDKTF and Node.js print only the message and the stack trace. */
import type { IConstruct } from "constructs";
import { Problem, renderText, type Cause } from "../packages/diagnostics";
import { codePage, problem, type DiagnosticCode } from "../packages/domain";

/**
 * Creates the error that a construct or an app throws when its input is invalid.
 * @param code A code from the catalog.
 * @param cause Why the input is invalid, and how to fix it.
 * @param construct The construct that received the input. Its path starts the message, as it does for findings of the rules.
 */
export function validationError(code: DiagnosticCode, cause: Cause, construct?: IConstruct): Problem {
  const created = problem(code, cause);
  const text = renderText(created.diagnostic, codePage);
  created.message = construct === undefined ? text : `${construct.node.path}: ${text}`;
  // Node.js prints the enumerable fields of an uncaught error after its message. They would repeat the message.
  for (const field of Object.keys(created)) Object.defineProperty(created, field, { enumerable: false });
  return created;
}

/**
 * Returns the text of a validation error, so that an app can print it without a stack trace.
 * @param thrown What a construct or `app.synth()` threw. May be an `AggregateError` of validation errors.
 * @returns The text, or undefined if the thrown value is not a validation error, or not only validation errors.
 */
export function validationErrorText(thrown: unknown): string | undefined {
  if (thrown instanceof Problem) return thrown.message;
  if (thrown instanceof AggregateError) return textOfAll(thrown.errors);
  return thrown instanceof Error ? FINDINGS.exec(thrown.message)?.[1] : undefined;
}

/** The findings in the error that CDKTF throws for them, between its own first and last lines. */
const FINDINGS =
  /alidation failed with the following errors:\n {2}([^]*?)\n+(?:If you wish to ignore these validations|Validations allow for)/;

function textOfAll(errors: readonly unknown[]): string | undefined {
  const texts = errors.map(validationErrorText).filter((text) => text !== undefined);
  return texts.length === errors.length && texts.length > 0 ? texts.join("\n") : undefined;
}
