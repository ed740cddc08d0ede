/** How much of a review a comment shows: from everything down to one line for each danger. The lesser findings always shrink first. */
import type { Severity } from "../finding";

export interface FindingShape {
  /** The most names in a list; 0 shows the sentence alone. */
  readonly names: number;
  readonly details: number;
  /** The most characters of a foreign sentence. */
  readonly text: number;
}

export type ReviewShape = Readonly<Record<Severity, FindingShape | undefined>> & {
  /** The most names in the lists that belong to no finding. */
  readonly names: number;
  /** Whether the comment says that something is missing. */
  readonly isCut: boolean;
};

const FULL: FindingShape = { names: Infinity, details: Infinity, text: Infinity };
const LONG: FindingShape = { names: Infinity, details: 0, text: 2_000 };
const MEDIUM: FindingShape = { names: 20, details: 0, text: 600 };
const SHORT: FindingShape = { names: 0, details: 0, text: 300 };

const shape = (
  danger: FindingShape,
  warning: FindingShape | undefined,
  notice: FindingShape | undefined,
  info: FindingShape | undefined,
  names: number,
): ReviewShape => ({ danger, warning, notice, info, names, isCut: true });

/** In the order in which they are tried. */
export const SHAPES: readonly ReviewShape[] = [
  { danger: FULL, warning: FULL, notice: FULL, info: FULL, names: Infinity, isCut: false },
  shape(FULL, FULL, FULL, SHORT, Infinity),
  shape(FULL, FULL, MEDIUM, SHORT, Infinity),
  shape(FULL, LONG, SHORT, SHORT, Infinity),
  shape(FULL, LONG, SHORT, undefined, 200),
  shape(FULL, MEDIUM, SHORT, undefined, 100),
  shape(FULL, MEDIUM, undefined, undefined, 100),
  shape(LONG, SHORT, undefined, undefined, 50),
  shape(MEDIUM, SHORT, undefined, undefined, 20),
  shape(MEDIUM, undefined, undefined, undefined, 20),
  shape(SHORT, undefined, undefined, undefined, 10),
];
