/** Formats results as a table that marks missed targets. */

/** One line of the table. */
export interface Row {
  readonly what: string;
  /** The measurement, with its unit. */
  readonly measured: string;
  /** The value that is compared with the target. */
  readonly ratio?: number | undefined;
  /** The highest acceptable ratio. */
  readonly target?: number | undefined;
}

/** The rows as lines of text with aligned columns. */
export function tableText(rows: readonly Row[]): string {
  const cells = [["What", "Measured", "Ratio", "Target", ""], ...rows.map(rowCells)];
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

/** Whether the row has a target and its ratio exceeds it. */
export function missesTarget({ ratio, target }: Row): boolean {
  return ratio !== undefined && target !== undefined && ratio > target;
}

function rowCells(row: Row): string[] {
  const number = (value: number | undefined) => (value === undefined ? "" : value.toFixed(value >= 100 ? 0 : 2));
  const result = row.target === undefined ? "" : missesTarget(row) ? "missed" : "ok";
  return [row.what, row.measured, number(row.ratio), number(row.target), result];
}

/** The median; NaN for an empty list. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = NaN, high = NaN] = sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : [sorted[middle - 1], sorted[middle]];
  return (low + high) / 2;
}
