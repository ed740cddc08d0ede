/** Findings in SARIF 2.1.0, which code hosts and editors show at their lines. */
import { version } from "../../../package.json";
import { codePage } from "../../domain";
import { summaryOf } from "../summaries";
import type { Finding } from "../finding";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

export function renderSarif(findings: readonly Finding[]): string {
  const codes = [...new Set(findings.map(({ code }) => code))].toSorted();
  const rules = codes.map((code) => ({ id: code, shortDescription: { text: summaryOf(code) }, helpUri: codePage(code) }));
  const driver = { name: "bitlift", version, informationUri: codePage("").replace(/#$/, ""), rules };
  const results = findings.map((finding) => ({
    ruleId: finding.code,
    ruleIndex: codes.indexOf(finding.code),
    level: finding.severity,
    message: { text: finding.message },
    locations: [location(finding.place, finding.endColumn)],
    ...(finding.related === undefined ? {} : { relatedLocations: [location(finding.related)] }),
  }));
  const log = { $schema: SCHEMA, version: "2.1.0", runs: [{ tool: { driver }, columnKind: "unicodeCodePoints", results }] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function location({ file, line, column }: Finding["place"], endColumn?: number): object {
  const uri = file.split("/").map(encodeURIComponent).join("/");
  const region = { startLine: line, startColumn: column, ...(endColumn === undefined ? {} : { endColumn }) };
  return { physicalLocation: { artifactLocation: { uri }, region } };
}
