/** The one Error subclass: carries a diagnostic, and what callers need to decide on. */
import { error, type Cause, type Diagnostic } from "./diagnostic";
import type { DiagnosticCode } from "./catalog";

/**
 * Why a remote call failed.
 * `gone`: the remote system itself says that the object does not exist. `not-permitted`: credentials or roles.
 * `bad-input`: the remote system refused the request. `transport`: no usable answer. `rate-limited`: waited as long as allowed.
 * `cancelled`: the engine asked to stop.
 */
export type FailureKind = "gone" | "not-permitted" | "bad-input" | "transport" | "rate-limited" | "cancelled";

/** Whether a write reached the remote system: `no` is certain, `unknown` asks for a look before a second try. */
export type Execution = "no" | "unknown";

/** What a remote failure adds to its diagnostic. */
export interface FailureDetails {
  readonly kind?: FailureKind;
  readonly execution?: Execution;
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  readonly cause?: unknown;
}

export class Problem extends Error {
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

/** Shorthand for the usual throw: `throw problem("unknown-space", { why, fix })`. */
export function problem(code: DiagnosticCode, cause: Cause, details?: FailureDetails): Problem {
  return new Problem(error(code, cause), details);
}

/** True for a Problem of that kind. */
export function failedAs(thrown: unknown, kind: FailureKind): thrown is Problem {
  return thrown instanceof Problem && thrown.kind === kind;
}
