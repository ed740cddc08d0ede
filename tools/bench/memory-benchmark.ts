/** Measures the peak memory of the plugin, and how it grows with the number of webhooks. */
import { CLOUD } from "../harness";
import type { Benchmark, Checkout } from "./benchmark";
import { comparisonRow, LIMITS, type ComparisonRow } from "./comparison";
import { runContest } from "./contest";
import { webhooksEntry } from "./entries";
import { formatCount, megabytes } from "./quantity";
import type { Row } from "./result-row";
import type { Sizes } from "./sizes";

const TARGET_WEBHOOKS = 3000;
const TARGET_MEGABYTES = 150;

export async function measureMemory(benchmark: Benchmark, { memory }: Sizes, checkout: Checkout): Promise<Row[]> {
  const rows: Row[] = [];
  for (const webhooks of memory) {
    const [peak = NaN] = await peaksOf(benchmark, webhooks, [checkout]);
    const target = webhooks === TARGET_WEBHOOKS ? TARGET_MEGABYTES : undefined;
    rows.push({ what: nameOf(webhooks), measured: `${peak.toFixed(0)} MB`, result: target && peak, unit: "MB", target });
  }
  return rows;
}

export async function compareMemory(
  benchmark: Benchmark,
  { memory }: Sizes,
  checkouts: readonly [Checkout, Checkout],
): Promise<ComparisonRow[]> {
  const rows: ComparisonRow[] = [];
  for (const webhooks of memory) {
    const [ours = NaN, reference = NaN] = await peaksOf(benchmark, webhooks, checkouts);
    rows.push(comparisonRow({ what: nameOf(webhooks) }, { ours: [ours], reference: [reference], unit: "MB", limit: LIMITS.own }));
  }
  return rows;
}

/** Megabytes for each checkout, from one plan. */
async function peaksOf(benchmark: Benchmark, webhooks: number, checkouts: readonly Checkout[]): Promise<readonly number[]> {
  const entries = checkouts.map((checkout) => webhooksEntry(benchmark, "plan", { product: CLOUD, checkout, webhooks }));
  const results = await runContest(entries, 1, benchmark.showProgress);
  return results.map(({ runs }) => megabytes(Math.max(...runs.map(({ pluginPeakBytes }) => pluginPeakBytes))));
}

function nameOf(webhooks: number): string {
  return `peak memory of the plugin, plan of ${formatCount(webhooks)} webhooks on ${CLOUD.title}`;
}
