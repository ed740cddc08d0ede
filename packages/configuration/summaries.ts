/** The summary of every code that a finding can have. */
import { CATALOG } from "../domain";
import { FILE_CATALOG, type FindingCode } from "./catalog";

const SUMMARIES: Readonly<Record<FindingCode, string>> = { ...CATALOG.summaries, ...FILE_CATALOG.summaries };

export function summaryOf(code: FindingCode): string {
  return SUMMARIES[code];
}
