/** Measures an apply that creates many webhooks, from an empty state each time. */
import { PRODUCTS } from "../harness";
import type { Benchmark, Checkout } from "./benchmark";
import type { ComparisonRow } from "./comparison";
import { runContest } from "./contest";
import { contestComparison, contestRows } from "./contest-rows";
import { baselineEntry, peerEntries, webhooksEntry } from "./entries";
import type { Row } from "./result-row";
import type { Sizes } from "./sizes";

const TARGET_WEBHOOKS = 1000;
const PEER_TARGET = 1;

export async function measureApply(benchmark: Benchmark, { apply }: Sizes, checkout: Checkout): Promise<Row[]> {
  const { webhooks, rounds } = apply;
  const entries = [
    baselineEntry(benchmark, "apply", webhooks),
    ...PRODUCTS.map((product) => webhooksEntry(benchmark, "apply", { product, checkout, webhooks })),
    ...peerEntries(benchmark, "apply", webhooks),
  ];
  const targets = { peer: webhooks === TARGET_WEBHOOKS ? PEER_TARGET : undefined };
  return contestRows(await runContest(entries, rounds, benchmark.showProgress), targets);
}

export async function compareApply(
  benchmark: Benchmark,
  { apply }: Sizes,
  checkouts: readonly [Checkout, Checkout],
): Promise<ComparisonRow[]> {
  const rows: ComparisonRow[] = [];
  for (const product of PRODUCTS) {
    const entries = checkouts.map((checkout) => webhooksEntry(benchmark, "apply", { product, checkout, webhooks: apply.webhooks }));
    const [ours, reference] = await runContest(entries, apply.rounds, benchmark.showProgress);
    if (ours !== undefined && reference !== undefined) rows.push(...contestComparison(ours, reference));
  }
  return rows;
}
