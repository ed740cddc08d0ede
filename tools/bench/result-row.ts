/** One line of the result: a measurement, and how it compares with its target. */
import { indented, tableText } from "./table";

export interface Row {
  readonly what: string;
  /** The measurement that this row is a detail of. */
  readonly subject?: string;
  /** The measurement, with its unit. */
  readonly measured: string;
  /** The value that is compared with the target: a ratio, unless it has a unit. */
  readonly result?: number | undefined;
  readonly unit?: "MB" | undefined;
  /** The highest acceptable result. */
  readonly target?: number | undefined;
}

/** Whether the row has a target and its result exceeds it. */
export function missesTarget({ result, target }: Row): boolean {
  return result !== undefined && target !== undefined && result > target;
}

export function resultTable(rows: readonly Row[]): string {
  const columns = [
    { heading: "What" },
    { heading: "Measured" },
    { heading: "Result", right: true },
    { heading: "Target", right: true },
    { heading: "" },
  ];
  return tableText(columns, rows.map(rowCells));
}

function rowCells(row: Row): string[] {
  const format = (value: number | undefined) => (value === undefined ? "" : formatValue(value, row.unit));
  const verdict = row.target === undefined || row.result === undefined ? "" : missesTarget(row) ? "missed" : "ok";
  return [indented(row), row.measured, format(row.result), format(row.target), verdict];
}

function formatValue(value: number, unit: Row["unit"]): string {
  return unit === undefined ? value.toFixed(value >= 100 ? 0 : 2) : `${value.toFixed(0)} ${unit}`;
}
