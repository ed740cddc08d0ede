/** Removes secrets from failures and from responses that a message quotes. */
import { Problem } from "../../diagnostics";
import type { RawResponse } from "./connection";
import type { Secrets } from "./secrets";

/** Messages quote only a small part of this. */
const MAX_QUOTED = 64 * 1024;

/** The same failure without secrets in its texts. */
export function redactProblem<Failure>(secrets: Secrets, failure: Failure): Failure | Problem {
  if (!(failure instanceof Problem)) return failure;
  const { diagnostic, kind, execution, status, cause } = failure;
  const why = secrets.redact(diagnostic.why);
  const fix = secrets.redact(diagnostic.fix);
  if (why === diagnostic.why && fix === diagnostic.fix) return failure;
  // The cause decides whether a second attempt is safe. It is never displayed.
  return new Problem({ ...diagnostic, why, fix }, { kind, execution, status, cause });
}

/** Redacts before a message cuts the text: half of a secret would no longer be recognized. */
export function redactBody<Response extends RawResponse>(secrets: Secrets, response: Response): Response {
  return { ...response, text: secrets.redact(response.text.slice(0, MAX_QUOTED)) };
}
