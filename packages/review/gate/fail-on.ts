/** What `--fail-on` blocks: severities and codes. */
import { FINDING_CODES, type FindingCode } from "../catalog";
import { SEVERITIES, type Finding, type Severity } from "../finding";

export interface FailOn {
  /** This severity and the more severe ones; undefined for none. */
  readonly severity: Severity | undefined;
  readonly codes: ReadonlySet<FindingCode>;
}

/** Blocks without `--fail-on`, because `bitlift apply` refuses the same plan. */
const ALWAYS: ReadonlySet<FindingCode> = new Set<FindingCode>(["removals-over-limit"]);

/** @returns the words that name neither a severity nor a code as `unknown` */
export function parseFailOn(words: readonly string[]): FailOn & { readonly unknown: readonly string[] } {
  const names = words.flatMap((word) => word.split(",")).filter((word) => word !== "");
  const severities = SEVERITIES.filter((severity) => names.includes(severity));
  return {
    severity: severities[0],
    codes: new Set(names.filter(isFindingCode)),
    unknown: names.filter((name) => !isFindingCode(name) && !isSeverity(name)),
  };
}

export function mayBlock({ severity, codes }: FailOn, finding: Pick<Finding, "code" | "severity">): boolean {
  if (ALWAYS.has(finding.code) || codes.has(finding.code)) return true;
  return severity !== undefined && SEVERITIES.indexOf(finding.severity) >= SEVERITIES.indexOf(severity);
}

export function isFindingCode(text: string): text is FindingCode {
  return (FINDING_CODES as readonly string[]).includes(text);
}

function isSeverity(text: string): text is Severity {
  return (SEVERITIES as readonly string[]).includes(text);
}
