/** The order of findings: the most severe first, then by place. */
import { SEVERITIES, type Finding } from "../finding";

export function inOrder<Item extends Finding>(findings: readonly Item[]): readonly Item[] {
  return [...findings].sort((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || byPlace(a, b));
}

/** Findings without a place come last. */
function byPlace({ subject: { place: a } }: Finding, { subject: { place: b } }: Finding): number {
  if (a === undefined || b === undefined) return (a === undefined ? 1 : 0) - (b === undefined ? 1 : 0);
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
