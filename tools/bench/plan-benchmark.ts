/** Measures plans of many applied webhooks: time relative to the engine's own resources and to other providers, threads, and requests. */
import { PRODUCTS, type Product } from "../harness";
import type { Benchmark, Checkout } from "./benchmark";
import type { ComparisonRow } from "./comparison";
import { runContest } from "./contest";
import { contestComparison, contestRows } from "./contest-rows";
import { baselineEntry, peerEntries, webhooksEntry } from "./entries";
import { majorVersion } from "./node-under-test";
import type { Row } from "./result-row";
import type { SizedRounds, Sizes } from "./sizes";

/** Of a plan with as many webhooks as the target is about. */
const TARGET_WEBHOOKS = 1000;
const TARGET = 4;
const TARGET_NODE_24 = 3.6;
const PEER_TARGET_WEBHOOKS = 20;
const PEER_TARGET = 2;

export async function measurePlans(benchmark: Benchmark, sizes: Sizes, checkout: Checkout): Promise<Row[]> {
  const rows: Row[] = [];
  for (const size of sizes.plans) rows.push(...(await measurePlanSize(benchmark, { size, baseline: sizes.baseline, checkout })));
  return rows;
}

export interface PlanSizeOptions {
  readonly size: SizedRounds;
  /** The number of terraform_data resources that plans of all sizes are compared with. */
  readonly baseline: number;
  readonly checkout: Checkout;
  readonly products?: readonly Product[];
}

/** All rows about one number of webhooks. */
export async function measurePlanSize(benchmark: Benchmark, options: PlanSizeOptions): Promise<Row[]> {
  const { size, baseline, checkout, products = PRODUCTS } = options;
  const { webhooks, rounds } = size;
  const shapes = webhooks === baseline ? [1, 10] : [1];
  const entries = [
    ...[...new Set([webhooks, baseline])].map((count) => baselineEntry(benchmark, "plan", count)),
    ...products.flatMap((product) =>
      shapes.map((perRepository) => webhooksEntry(benchmark, "plan", { product, checkout, webhooks, perRepository })),
    ),
    ...peerEntries(benchmark, "plan", webhooks),
  ];
  const targets = {
    baseline: webhooks === TARGET_WEBHOOKS ? baselineTarget(benchmark) : undefined,
    peer: webhooks === PEER_TARGET_WEBHOOKS ? PEER_TARGET : undefined,
    requestsPerWebhook: 1,
  };
  return contestRows(await runContest(entries, rounds, benchmark.showProgress), targets);
}

export async function comparePlans(
  benchmark: Benchmark,
  { plans }: Sizes,
  checkouts: readonly [Checkout, Checkout],
): Promise<ComparisonRow[]> {
  const rows: ComparisonRow[] = [];
  for (const { webhooks, rounds } of plans) {
    for (const product of PRODUCTS) {
      const entries = checkouts.map((checkout) => webhooksEntry(benchmark, "plan", { product, checkout, webhooks }));
      const [ours, reference] = await runContest(entries, rounds, benchmark.showProgress);
      if (ours !== undefined && reference !== undefined) rows.push(...contestComparison(ours, reference));
    }
  }
  return rows;
}

function baselineTarget({ node }: Benchmark): number {
  return majorVersion(node) >= 24 ? TARGET_NODE_24 : TARGET;
}
