/** Findings as workflow commands of GitHub, which become annotations of a pull request. */
import { visibleLines } from "../../diagnostics";
import type { Place } from "../configuration";
import type { Finding } from "../finding";

export interface GitHubAnnotation {
  readonly code: string;
  readonly severity: "error" | "warning" | "notice";
  readonly message: string;
  /** The path is relative to the root of the repository. Without a place, the annotation belongs to the whole run. */
  readonly place: Place | undefined;
  readonly endColumn?: number;
}

export function renderGitHub(findings: readonly Finding[]): string {
  return findings.map(gitHubAnnotation).join("");
}

/** One line with its line break. Text of strangers cannot start another command. */
export function gitHubAnnotation({ code, severity, message, place, endColumn }: GitHubAnnotation): string {
  const properties = { file: place?.file, line: place?.line, endLine: place?.line, col: place?.column, endColumn, title: code };
  const list = Object.entries(properties).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${escapedProperty(String(value))}`],
  );
  return `::${severity} ${list.join(",")}::${escaped(visibleLines(`${message} [${code}]`))}\n`;
}

function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
