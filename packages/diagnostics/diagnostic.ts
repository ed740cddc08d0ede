/** A diagnostic: what people read when something is wrong. It says what happened, why, and what to do. */

/** An error stops the operation. A warning does not. */
export type Severity = "error" | "warning";

/** One message for people. Never contains a secret. */
export interface Diagnostic<Code extends string = string> {
  /** Stable identifier, like `space-not-found`. Programs and documentation refer to it. */
  readonly code: Code;
  /** Whether the operation stops. */
  readonly severity: Severity;
  /** What happened, in one line. From the catalog. */
  readonly summary: string;
  /** The cause, with the invalid value. */
  readonly why: string;
  /** The next action: what to set, run or use. */
  readonly fix: string;
  /** Path of the attribute, like `["spacelift", "endpoint"]`. Empty if the diagnostic is about the whole object. */
  readonly at: readonly (string | number)[];
}

/** The parts of a diagnostic that the code raising it supplies. The summary comes from the catalog. */
export interface Cause {
  /** The cause, with the invalid value. */
  readonly why: string;
  /** The next action: what to set, run or use. */
  readonly fix: string;
  /** Empty by default. */
  readonly at?: readonly (string | number)[];
}
