/** Rule: the date of an acceptance exists. */
import type { FileDraft } from "../draft";
import { fault, type Location, type Remark } from "../finding";
import { shown } from "../quoting";

export function* acceptances({ main: { accept = [] } }: FileDraft): Generator<Remark> {
  const first = new Map<string, Location>();
  for (const [index, acceptance] of accept.entries()) {
    if (acceptance === undefined) continue;
    const { finding, until } = acceptance;
    if (until !== undefined && !isDate(until)) {
      yield fault(
        "value-not-allowed",
        { holder: acceptance, key: "until" },
        `${shown(until)} is not a date of the calendar. Write it as YYYY-MM-DD.`,
      );
    }
    if (finding === undefined) continue;
    const other = first.get(finding);
    if (other === undefined) first.set(finding, { holder: accept, key: index });
    else
      yield fault(
        "duplicate-key",
        { holder: acceptance, key: "finding" },
        (place) => `${shown(finding)} is accepted twice. It is first accepted at ${place}. Remove one of the two.`,
        other,
      );
  }
}

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
