/** Compares measurements of this checkout with those of a reference, both from one run. */
import { median } from "./median";
import { indented, tableText } from "./table";

interface RowName {
  readonly what: string;
  /** The measurement that this row is a detail of. */
  readonly subject?: string;
}

export interface ComparisonRow extends RowName {
  readonly unit: Unit;
  readonly ours: number;
  readonly reference: number;
  readonly ratio: number;
  /** The highest acceptable ratio. */
  readonly limit: number;
}

type Unit = "s" | "ms" | "MB";

/** The highest acceptable ratios. Two measurements of the same code differ by less, even on a busy machine: CONTRIBUTING.md has the figures. */
export const LIMITS = {
  /** Of what only our code takes part in. */
  own: 1.1,
  /** Of what the engine takes part in, and of waiting. */
  engine: 1.15,
} as const;

export interface Measurements {
  /** One value per round. */
  readonly ours: readonly number[];
  readonly reference: readonly number[];
  readonly unit: Unit;
  readonly limit: number;
}

/**
 * Shows the medians of both. The ratio is the median of the ratios of each round, and not that of the medians: what else runs on the machine
 * affects both measurements of one round, but not all rounds.
 */
export function comparisonRow(name: RowName, { ours, reference, unit, limit }: Measurements): ComparisonRow {
  const ratio = median(ours.map((value, round) => value / (reference[round] ?? NaN)));
  return { ...name, unit, ours: median(ours), reference: median(reference), ratio, limit };
}

export function exceedsLimit({ ratio, limit }: ComparisonRow): boolean {
  return !(ratio <= limit);
}

export function comparisonTable(rows: readonly ComparisonRow[], reference: string): string {
  const columns = [
    { heading: "What" },
    { heading: "This checkout", right: true },
    { heading: reference, right: true },
    { heading: "Ratio", right: true },
    { heading: "Limit", right: true },
    { heading: "" },
  ];
  const cells = rows.map((row) => {
    const format = (value: number) => `${value.toFixed(row.unit === "s" ? 2 : 0)} ${row.unit}`;
    const verdict = exceedsLimit(row) ? "higher" : "ok";
    return [indented(row), format(row.ours), format(row.reference), row.ratio.toFixed(3), row.limit.toFixed(2), verdict];
  });
  return tableText(columns, cells);
}
