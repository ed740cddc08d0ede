/** Reads the lines that the engine prints with `plan -json`: only they contain the warnings of the provider. */
import type { PlanMessage } from "./plan-model";

interface LineDocument {
  readonly type?: string;
  readonly diagnostic?: { readonly severity?: string; readonly summary?: string; readonly detail?: string; readonly address?: string };
}

/** The end of every message of Bitlift's provider: the code, then the address of its page. */
const CODE = /\n\n\(([a-z0-9-]+)\)(?:\n\S+)?\s*$/;

/** Ignores lines that are not JSON: a pipeline may have added some, and the last one may be cut off. */
export function readPlanLog(text: string, part: string): readonly PlanMessage[] {
  return text.split("\n").flatMap((line) => {
    const message = line.startsWith("{") ? readLine(line, part) : undefined;
    return message === undefined ? [] : [message];
  });
}

function readLine(line: string, part: string): PlanMessage | undefined {
  let document: LineDocument;
  try {
    document = JSON.parse(line) as LineDocument;
  } catch {
    return undefined;
  }
  const { type, diagnostic } = document;
  if (type !== "diagnostic" || diagnostic === undefined) return undefined;
  return messageOf(diagnostic, part);
}

/** A diagnostic of the engine, which the caller has parsed already. */
export function messageOf(diagnostic: NonNullable<LineDocument["diagnostic"]>, part: string): PlanMessage {
  const { severity, summary = "", detail = "", address } = diagnostic;
  const code = CODE.exec(detail)?.[1];
  const text = detail.replace(CODE, "");
  // The fix is the last paragraph; neither text contains an empty line.
  const split = code === undefined ? -1 : text.lastIndexOf("\n\n");
  const [why, fix] = split < 0 ? [text, undefined] : [text.slice(0, split), text.slice(split + 2)];
  return { part, severity: severity === "error" ? "error" : "warning", code, address, summary, why, fix };
}
