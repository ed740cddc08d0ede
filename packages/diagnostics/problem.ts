/** Problem: an Error with a diagnostic and, after a failed remote call, with the facts that callers act on. */
import type { Diagnostic } from "./diagnostic";

/**
 * Why a remote call failed.
 *
 * - `gone`: the remote system says that the object does not exist.
 * - `not-permitted`: the credentials or the role do not allow the call.
 * - `bad-input`: the remote system rejected the request.
 * - `transport`: no valid response arrived.
 * - `rate-limited`: the rate limit lasted longer than the allowed waiting time.
 * - `canceled`: the engine requested a stop.
 */
export type FailureKind = "gone" | "not-permitted" | "bad-input" | "transport" | "rate-limited" | "canceled";

/** Whether the remote system executed a write: `no` is certain; `unknown` requires a lookup before a second attempt. */
export type Execution = "no" | "unknown";

/** Facts about a failed remote call, in addition to the diagnostic. */
export interface FailureDetails {
  /** Undefined if the failure is not one of a remote call. */
  readonly kind?: FailureKind;
  /** Undefined if the call was not a write. */
  readonly execution?: Execution;
  /** HTTP status; undefined if no response arrived. */
  readonly status?: number;
  /** The underlying error. */
  readonly cause?: unknown;
}

/** An Error with a diagnostic. A catalog's `problem` creates it. */
export class Problem extends Error {
  /** The complete diagnostic; the message of the error contains only what happened and why. */
  readonly diagnostic: Diagnostic;
  readonly kind: FailureKind | undefined;
  readonly execution: Execution | undefined;
  readonly status: number | undefined;

  constructor(diagnostic: Diagnostic, details: FailureDetails = {}) {
    super(`${diagnostic.summary}: ${diagnostic.why}`, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "Problem";
    this.diagnostic = diagnostic;
    this.kind = details.kind;
    this.execution = details.execution;
    this.status = details.status;
  }
}

/** Whether a caught value is a Problem of that kind. */
export function failedAs(thrown: unknown, kind: FailureKind): thrown is Problem {
  return thrown instanceof Problem && thrown.kind === kind;
}
