/** A Problem whose message says everything: CDKTF and Node print nothing but the message and where it was thrown. */
import { Problem, problem, renderText, type Cause, type DiagnosticCode } from "../diagnostics";

/** What a construct or the synthesis throws when it cannot go on. */
export function refusal(code: DiagnosticCode, cause: Cause): Problem {
  const thrown = problem(code, cause);
  thrown.message = renderText(thrown.diagnostic);
  // Node prints the fields of an error that nobody catches below its text: the same once more.
  for (const field of Object.keys(thrown)) Object.defineProperty(thrown, field, { enumerable: false });
  return thrown;
}

/** The text for a person, where what was thrown is a refusal; an app prints it without a stack trace. Undefined for anything else. */
export function refusalText(thrown: unknown): string | undefined {
  return thrown instanceof Problem ? renderText(thrown.diagnostic) : undefined;
}
