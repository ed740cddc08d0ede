/** A log in SARIF 2.1.0, which code hosts and editors show at the lines of files. */
import { version } from "../../../package.json";
import { visibleJson } from "../../diagnostics";
import { codePage } from "../../domain";
import type { Place } from "../configuration";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

export interface SarifResult {
  readonly code: string;
  readonly level: "error" | "warning" | "note";
  readonly message: string;
  readonly place: Place | undefined;
  readonly endColumn?: number;
  readonly related?: Place | undefined;
  /** The address of a resource, where no file names it. */
  readonly resource?: string | undefined;
  /** The same for the same finding in another run. */
  readonly fingerprint?: string;
  /** Why somebody accepted it; empty without a reason. */
  readonly accepted?: string;
  /** Compared with an earlier run. */
  readonly baseline?: "new" | "unchanged";
}

/** Ends with a line break. The paths of places are relative to the root of the repository. */
export function renderSarifLog(results: readonly SarifResult[], summaryOf: (code: string) => string): string {
  const codes = [...new Set(results.map(({ code }) => code))].toSorted();
  const rules = codes.map((code) => ({ id: code, shortDescription: { text: summaryOf(code) }, helpUri: codePage(code) }));
  const driver = { name: "bitlift", version, informationUri: codePage("").replace(/#$/, ""), rules };
  const run = { tool: { driver }, columnKind: "unicodeCodePoints", results: results.map((result) => resultOf(result, codes)) };
  return `${visibleJson({ $schema: SCHEMA, version: "2.1.0", runs: [run] })}\n`;
}

function resultOf(
  { code, level, message, place, endColumn, related, resource, fingerprint, accepted, baseline }: SarifResult,
  codes: string[],
): object {
  const named = resource === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: resource, kind: "resource" }] };
  const location = { ...(place === undefined ? {} : physicalLocation(place, endColumn)), ...named };
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level,
    message: { text: message },
    locations: Object.keys(location).length === 0 ? [] : [location],
    ...(related === undefined ? {} : { relatedLocations: [physicalLocation(related)] }),
    ...(fingerprint === undefined ? {} : { partialFingerprints: { "bitliftFinding/v1": fingerprint } }),
    ...(accepted === undefined ? {} : { suppressions: [{ kind: "external", status: "accepted", justification: accepted }] }),
    ...(baseline === undefined ? {} : { baselineState: baseline }),
  };
}

function physicalLocation({ file, line, column }: Place, endColumn?: number): object {
  // Half surrogates have no form in a URI.
  const uri = file
    .split("/")
    .map((name) => encodeURIComponent(name.replace(/\p{Cs}/gu, "\uFFFD")))
    .join("/");
  const region = { startLine: line, startColumn: column, ...(endColumn === undefined ? {} : { endColumn }) };
  return { physicalLocation: { artifactLocation: { uri }, region } };
}
