// One row of coverage.md: what the sandbox emulates, and how certain the behavior is.

export interface Coverage {
  /** An operation as in the request log, or a part of the service. */
  readonly operation: string;
  readonly field?: string | undefined;
  /** documented: by the vendor; recorded: observed in a real response or in a client's requests; assumed: no outside source confirms it. */
  readonly evidence: "documented" | "recorded" | "assumed";
  readonly note: string;
}

export function row(operation: string, evidence: Coverage["evidence"], note: string, field?: string): Coverage {
  return { operation, field, evidence, note };
}
