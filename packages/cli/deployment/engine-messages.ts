/** The lines that the engine prints with `-json`. */
import type { MessageInFile } from "./message-in-file";

export interface EngineDiagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
  /** The block that a message without an address is about, such as `provider.bitbucketserver[0]`. */
  readonly snippet?: { readonly context?: string | null };
}

export interface EngineMessage {
  /** The line as the engine printed it. */
  readonly raw: Readonly<Record<string, unknown>>;
  readonly type: string;
  readonly diagnostic: EngineDiagnostic | undefined;
  /** The resource that a message of progress is about. */
  readonly resource: { readonly address: string; readonly type: string } | undefined;
  readonly action: string | undefined;
  /** Undefined until the command has looked for it, and where the file has nothing about it. */
  readonly inFile?: MessageInFile | undefined;
}

interface Line {
  readonly type?: string;
  readonly diagnostic?: EngineDiagnostic;
  readonly hook?: { readonly resource?: { readonly addr: string; readonly resource_type: string }; readonly action?: string };
}

/** Undefined for a line that is not JSON: a plugin that crashes prints text. */
export function readMessage(line: string): EngineMessage | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const raw = JSON.parse(line) as Line;
    const { type = "", diagnostic, hook } = raw;
    const resource = hook?.resource === undefined ? undefined : { address: hook.resource.addr, type: hook.resource.resource_type };
    const words = diagnostic === undefined ? undefined : inWordsOfTheCommand(diagnostic);
    return { raw: raw as Readonly<Record<string, unknown>>, type, diagnostic: words, resource, action: hook?.action };
  } catch {
    return undefined;
  }
}

/** The engine advises an option that the command does not have. */
function inWordsOfTheCommand(diagnostic: EngineDiagnostic): EngineDiagnostic {
  if (diagnostic.summary !== "No value for required variable") return diagnostic;
  const variable = /"([^"]+)"/.exec(diagnostic.detail)?.[1];
  if (variable === undefined) return diagnostic;
  const fix = `Set TF_VAR_${variable} in the environment of this command.`;
  return { ...diagnostic, detail: diagnostic.detail.replace(/Use a -var or -var-file [^.]*\./, fix) };
}

/** As the engine prints it for people: `Error: <summary>`, the resource, the text. */
export function diagnosticText({ severity, summary, detail, address, snippet }: EngineDiagnostic): string {
  const heading = `${severity === "error" ? "Error" : "Warning"}: ${summary}`;
  const subject = address ?? /^provider\.[\w-]+/.exec(snippet?.context ?? "")?.[0];
  const lines = [...(subject === undefined ? [] : [`  with ${subject}`]), ...detail.split("\n").map((line) => `  ${line}`)];
  return [heading, ...lines]
    .map((line) => line.trimEnd())
    .join("\n")
    .trimEnd();
}
