/** The one Error subclass: carries a diagnostic, and what callers need to decide on. */
import type { Diagnostic } from "./diagnostic";

/**
 * Why a remote call failed.
 * `gone`: the remote system itself says that the object does not exist. `not-permitted`: credentials or roles.
 * `bad-input`: the remote system rejected the request. `transport`: no usable response. `rate-limited`: waited as long as allowed.
 * `cancelled`: the engine asked to stop.
 */
export type FailureKind = "gone" | "not-permitted" | "bad-input" | "transport" | "rate-limited" | "cancelled";

/** Whether a write reached the remote system: `no` is certain; `unknown` requires a lookup before a second attempt. */
export type Execution = "no" | "unknown";

/** What a remote failure adds to its diagnostic. */
export interface FailureDetails {
  readonly kind?: FailureKind;
  readonly execution?: Execution;
  /** HTTP status, where there was a response. */
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

/** True for a Problem of that kind. */
export function failedAs(thrown: unknown, kind: FailureKind): thrown is Problem {
  return thrown instanceof Problem && thrown.kind === kind;
}
