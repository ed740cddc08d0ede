/** A message of the engine in the words of the file: the place and key of the entry that it is about, and what to do there. */
import { adviceFor, type Configuration, FileEntries, type Place } from "../../configuration";
import { visibleText } from "../../diagnostics";
import { messageOf } from "../../review";
import { diagnosticText, type EngineDiagnostic } from "./engine-messages";

export interface MessageInFile {
  /** Undefined if the message is about no single entry. */
  readonly place: Place | undefined;
  /** `repository "acme-workspace/billing" of integration "payments"`. */
  readonly title: string | undefined;
  /** Undefined if the words of the message say it all. */
  readonly advice: string | undefined;
}

/** @returns the function that finds the entry of a message; for an app without a file, nothing has one */
export function messagesInFile(configuration: Configuration | undefined): (diagnostic: EngineDiagnostic) => MessageInFile | undefined {
  if (configuration === undefined) return () => undefined;
  const entries = new FileEntries(configuration);
  return (diagnostic) => {
    const entry = diagnostic.address === undefined ? undefined : entries.at(diagnostic.address);
    const advice = adviceFor(messageOf(diagnostic, "").code, entry);
    return entry === undefined && advice === undefined ? undefined : { place: entry?.place, title: entry?.title, advice };
  };
}

/** As `bitlift validate` prints a finding, if the message has a place: `bitlift.yaml:4:3: error: Space "payments": …`. */
export function messageText(part: string, diagnostic: EngineDiagnostic, inFile: MessageInFile | undefined): string {
  const { place, title, advice } = inFile ?? {};
  const detail = advice === undefined ? diagnostic.detail : withAdvice(diagnostic, advice);
  const text = diagnosticText({ ...diagnostic, detail });
  if (place === undefined || title === undefined) return `${part}: ${text}`;
  // Other providers report texts of several lines, and an empty line at the end.
  const summary = diagnostic.summary.trimEnd();
  const lines = text.split("\n").slice(summary.split("\n").length);
  const where = `${visibleText(place.file)}:${place.line}:${place.column}`;
  const heading = `${where}: ${diagnostic.severity}: ${title}: ${summary}`;
  return [heading, ...lines.map((line) => (line === `  with ${diagnostic.address ?? ""}` ? `${line}, part ${part}` : line))].join("\n");
}

/** After the cause, before the fix in the words of Terraform. */
function withAdvice(diagnostic: EngineDiagnostic, advice: string): string {
  const { why } = messageOf(diagnostic, "");
  return `${why}\n\n${advice}${diagnostic.detail.slice(why.length)}`;
}
