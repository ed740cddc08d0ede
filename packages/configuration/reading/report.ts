/** Collects findings with their places while files are read and checked. */
import type { Finding, FindingSeverity, Remark } from "../finding";
import type { FindingCode } from "../catalog";
import type { Positions } from "./positions";
import type { Source } from "./source";

/** An alias makes several entries the owner of the same mistake. */
const OWNER = / of (integration|Space) "[^"]*"/;

interface Raised {
  readonly code: FindingCode;
  readonly severity: FindingSeverity;
  readonly message: string;
  readonly source: Source;
  readonly start: number;
  readonly end: number;
  readonly related?: { readonly source: Source; readonly start: number };
}

export class Report {
  readonly #raised: Raised[] = [];

  get hasErrors(): boolean {
    return this.#raised.some(({ severity }) => severity === "error");
  }

  add(raised: Raised): void {
    this.#raised.push(raised);
  }

  addRemark(remark: Remark, positions: Positions): void {
    const range = positions.range(remark.at);
    if (range === undefined) throw new Error(`The finding ${remark.code} has no place.`);
    const related = remark.related === undefined ? undefined : positions.range(remark.related);
    const message = typeof remark.message === "string" ? remark.message : remark.message(related === undefined ? "" : placeText(related));
    if (remark.code === "secret-literal") range.source.hide(range.start, range.end);
    this.add({ code: remark.code, severity: remark.severity, message, ...range, ...(related === undefined ? {} : { related }) });
  }

  /** Sorted by file, in the given order, and place. What aliases repeat is reported once. */
  findings(files: readonly string[]): readonly Finding[] {
    const found = new Map<string, Finding>();
    for (const raised of this.#raised) {
      const finding = toFinding(raised);
      const { file, line, column } = finding.place;
      const key = JSON.stringify([file, line, column, finding.code, finding.message.replace(OWNER, "")]);
      if (!found.has(key)) found.set(key, finding);
    }
    return [...found.values()].sort(
      (first, second) =>
        files.indexOf(first.place.file) - files.indexOf(second.place.file) ||
        first.place.line - second.place.line ||
        first.place.column - second.place.column,
    );
  }
}

/** `bitlift.yaml:10:3` */
export function placeText({ source, start }: { readonly source: Source; readonly start: number }): string {
  const { file, line, column } = source.place(start);
  return `${file}:${line}:${column}`;
}

function toFinding({ code, severity, message, source, start, end, related }: Raised): Finding {
  const place = source.place(start);
  return {
    code,
    severity,
    message,
    place,
    endColumn: source.endColumn(start, end),
    ...(related === undefined ? {} : { related: related.source.place(related.start) }),
    source: source.text === "" ? undefined : source.line(place.line),
  };
}
