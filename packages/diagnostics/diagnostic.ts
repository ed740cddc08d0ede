/** What a person reads when something is wrong: what happened, why, what to do. */

/** An error stops the operation; a warning is shown and the operation continues. */
export type Severity = "error" | "warning";

/** One message for a person. Never contains a secret. */
export interface Diagnostic<Code extends string = string> {
  /** Stable name; `docs/diagnostics.md` has an entry for each. */
  readonly code: Code;
  readonly severity: Severity;
  /** What happened, one line; from the catalog. */
  readonly summary: string;
  /** The cause, with the value that is wrong. */
  readonly why: string;
  /** The next action, or the command that repairs it. */
  readonly fix: string;
  /** Where: an attribute path (`["spacelift", "endpoint"]`), empty when it is about the whole object. */
  readonly at: readonly (string | number)[];
}

/** The parts of a diagnostic that the throwing site writes; the summary comes from the catalog. */
export interface Cause {
  readonly why: string;
  readonly fix: string;
  readonly at?: readonly (string | number)[];
}
