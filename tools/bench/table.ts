/** Prints results as a table, and says which aim was missed. */

/** One line of the table. */
export interface Row {
  readonly what: string;
  /** The measurement, with its unit. */
  readonly measured: string;
  /** The ratio that the aim is about, or the number where there is no base. */
  readonly ratio?: number;
  /** What `ratio` may reach. */
  readonly aim?: number;
}

/** Lines of text, columns aligned. */
export function tableText(rows: readonly Row[]): string {
  const cells = [["What", "Measured", "Ratio", "Aim", ""], ...rows.map(rowCells)];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const line = (texts: readonly string[]) =>
    texts
      .map((text, column) => (column === 2 || column === 3 ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  const [head = [], ...body] = cells;
  return [
    line(head),
    widths
      .map((width) => "-".repeat(width))
      .join("  ")
      .trimEnd(),
    ...body.map(line),
  ].join("\n");
}

/** True when the row has an aim and misses it. */
export function fallsShort({ ratio, aim }: Row): boolean {
  return ratio !== undefined && aim !== undefined && ratio > aim;
}

function rowCells(row: Row): string[] {
  const number = (value: number | undefined) => (value === undefined ? "" : value.toFixed(value >= 100 ? 0 : 2));
  const verdict = row.aim === undefined ? "" : fallsShort(row) ? "falls short" : "ok";
  return [row.what, row.measured, number(row.ratio), number(row.aim), verdict];
}

/** The middle of several measurements. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = NaN, high = NaN] = sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : [sorted[middle - 1], sorted[middle]];
  return (low + high) / 2;
}
