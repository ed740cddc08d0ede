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

/** Runs a function. If it throws a validation error, adds the path of the construct to the start of the message. */
export function withConstructPath<T>(construct: IConstruct, run: () => T): T {
  try {
    return run();
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
    throw validationError(thrown.diagnostic.code as DiagnosticCode, thrown.diagnostic, construct);
  }
}

/**
 * Returns the text of a validation error, so that an app can print it without a stack trace.
 * @returns The text, or undefined if the thrown value is not a validation error.
 */
export function validationErrorText(thrown: unknown): string | undefined {
  return thrown instanceof Problem ? thrown.message : undefined;
}
