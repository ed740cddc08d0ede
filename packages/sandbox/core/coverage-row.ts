// One line of sandbox/coverage.md: what the sandbox plays, and how certain it is.

export interface Coverage {
  /** Operation as in the request log, or a part of the service. */
  readonly operation: string;
  readonly field?: string;
  /** documented: the vendor says so; recorded: seen in a real answer or on a client's wire; assumed: nobody outside has confirmed it. */
  readonly evidence: "documented" | "recorded" | "assumed";
  readonly note: string;
}

export function row(operation: string, evidence: Coverage["evidence"], note: string, field?: string): Coverage {
  return { operation, ...(field === undefined ? {} : { field }), evidence, note };
}
