/** A finding: what is wrong, or may be wrong, at a place in the file. */
import type { FindingCode } from "./catalog";
import type { Place } from "./configuration";

export type FindingSeverity = "error" | "warning";

/** Never contains a secret. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: FindingSeverity;
  /** Complete sentences: what is wrong, and what to do. The first letter is not capitalized. */
  readonly message: string;
  readonly place: Place;
  /** The column after the last character, in the line of `place`. */
  readonly endColumn: number;
  /** Where the other part of a conflict is. */
  readonly related?: Place;
  /** The line of the file. Undefined if it may contain a secret, or if no line exists. */
  readonly source: string | undefined;
}

/** Where something is in the values of the files: an entry of a map or list, or the map or list itself. */
export interface Location {
  /** The map or list that contains the entry. */
  readonly holder: object;
  /** Undefined for the whole map or list. */
  readonly key?: string | number;
  /** Whether the finding is about the key or its value. Ignored in lists. */
  readonly part?: "key" | "value";
}

/** A finding before its place is known. Rules create it, so that they do not depend on files. */
export interface Remark {
  readonly code: FindingCode;
  readonly severity: FindingSeverity;
  readonly at: Location;
  /** A function receives the place of `related` as text. */
  readonly message: string | ((related: string) => string);
  readonly related?: Location;
}

export function fault(code: FindingCode, at: Location, message: Remark["message"], related?: Location): Remark {
  return { code, severity: "error", at, message, ...(related === undefined ? {} : { related }) };
}

export function caution(code: FindingCode, at: Location, message: string): Remark {
  return { code, severity: "warning", at, message };
}
