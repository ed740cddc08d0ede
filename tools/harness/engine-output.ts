/** Reads what an engine prints with -json: diagnostics, and the progress of an apply. */

export interface EngineDiagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  /** Address of the resource. */
  readonly address?: string | undefined;
  /** The configuration line that the diagnostic is about. */
  readonly attribute?: string | undefined;
}

/** A message about one resource during an apply: `apply_start`, `apply_complete`, `apply_errored`. */
export interface ApplyProgress {
  readonly type: string;
  readonly address: string;
  readonly action: string;
}

interface Message {
  readonly type?: string;
  readonly diagnostic?: Omit<EngineDiagnostic, "attribute"> & { readonly snippet?: { readonly code?: string } };
  readonly hook?: { readonly resource?: { readonly addr: string }; readonly action?: string };
}

/** The messages in the output; other text, and a last line that is still incomplete, are ignored. */
function messagesIn(output: string): readonly Message[] {
  return output
    .split("\n")
    .slice(0, -1)
    .filter((line) => line.startsWith('{"@level"'))
    .map((line) => JSON.parse(line) as Message);
}

export function diagnosticsIn(output: string): readonly EngineDiagnostic[] {
  return messagesIn(output).flatMap(({ type, diagnostic }) => {
    if (type !== "diagnostic" || diagnostic === undefined) return [];
    const { severity, summary, detail, address, snippet } = diagnostic;
    return [{ severity, summary, detail, address, attribute: snippet?.code?.trim() }];
  });
}

export function progressIn(output: string): readonly ApplyProgress[] {
  return messagesIn(output).flatMap(({ type = "", hook }) =>
    hook?.resource === undefined ? [] : [{ type, address: hook.resource.addr, action: hook.action ?? "" }],
  );
}

/** The stable code at the end of a diagnostic, before the address of its page, for example `duplicate-space-name`; empty for the engine's own diagnostics. */
export function codeOf({ detail }: EngineDiagnostic): string {
  return /\(([a-z-]+)\)(?:\nhttps:\S+)?\s*$/.exec(detail)?.[1] ?? "";
}
