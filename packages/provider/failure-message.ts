/** The text of a failure, as part of another message. */
import { Problem } from "../diagnostics";

/** The cause of a Problem, or the message of any other error. */
export function failureMessage(failure: unknown): string {
  if (failure instanceof Problem) return failure.diagnostic.why;
  return failure instanceof Error ? failure.message : String(failure);
}
