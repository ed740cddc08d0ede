/** Findings as workflow commands of GitHub, which become annotations of a pull request. */
import type { Finding } from "../finding";

export function renderGitHub(findings: readonly Finding[]): string {
  return findings.map(annotation).join("");
}

function annotation({ code, severity, message, place: { file, line, column }, endColumn }: Finding): string {
  const properties = { file, line, endLine: line, col: column, endColumn, title: code };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
  return `::${severity} ${list.join(",")}::${escaped(`${message} [${code}]`)}\n`;
}

function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
