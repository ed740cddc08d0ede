/** A Problem whose message says everything: CDKTF and Node print nothing but the message. */
import { problem, renderText, type Cause, type DiagnosticCode, type Problem } from "../diagnostics";

/** What a construct or the synthesis throws when it cannot go on. */
export function refusal(code: DiagnosticCode, cause: Cause): Problem {
  const thrown = problem(code, cause);
  thrown.message = renderText(thrown.diagnostic);
  return thrown;
}
