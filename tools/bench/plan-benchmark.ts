/** Measures a plan of many applied webhooks: time relative to the engine's baseline, the plugin's share, requests, and memory. */
import { join } from "node:path";
import { cleanEnvironment, type Engine } from "../../packages/engine";
import { startSandbox } from "../../packages/sandbox";
import { CLOUD, PRODUCTS, type Product } from "../harness";
import { prepareBaseline } from "./baseline";
import { median, type Row } from "./table";
import { WebhookDeployment, type CountedPlan, type DeploymentSize } from "./webhook-deployment";

/** Sizes of one run of the benchmark. */
export interface PlanSizes {
  /** Number of webhooks in the timed plans. */
  readonly webhooks: number;
  readonly rounds: number;
  /** Other numbers of webhooks, to compare the requests per plan. */
  readonly requests: readonly number[];
  /** Another number of webhooks, to compare the memory. */
  readonly memory: number;
}

export interface PlanBenchmark {
  readonly engine: Engine;
  readonly folder: string;
  readonly sizes: PlanSizes;
  readonly showProgress: (text: string) => void;
}

interface TimedPlans {
  readonly name: string;
  readonly plans: readonly CountedPlan[];
}

const formatCount = (value: number) => value.toLocaleString("en");
const formatBytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

/** All rows about plans: time and requests for both products; for Bitbucket Cloud, also the growth with the number of webhooks. */
export async function measurePlans(benchmark: PlanBenchmark): Promise<Row[]> {
  const { sizes } = benchmark;
  const { baselineSeconds, timed } = await timePlans(benchmark);
  const count = formatCount(sizes.webhooks);
  const rows: Row[] = [{ what: `baseline: plan of ${count} terraform_data`, measured: `${baselineSeconds.toFixed(2)} s` }];
  for (const { name, plans } of timed) rows.push(...timeRows(name, plans, baselineSeconds, sizes.webhooks));
  return [...rows, ...(await measureGrowth(benchmark, timed[0]?.plans ?? []))];
}

/** Alternates between the baseline and the webhooks, so that load on the machine affects both. */
async function timePlans({ engine, folder, sizes, showProgress }: PlanBenchmark) {
  const { webhooks, rounds } = sizes;
  const env = await cleanEnvironment(engine, folder);
  showProgress(`baseline: ${formatCount(webhooks)} terraform_data`);
  const baseline = await prepareBaseline(engine, join(folder, "baseline"), env, webhooks);
  await baseline.plan();
  const baselineSeconds: number[] = [];
  const timed: TimedPlans[] = [];
  for (const { product, size, label } of deploymentsOf(webhooks)) {
    const name = `${formatCount(webhooks)} webhooks on ${product.title}, ${label} per repository`;
    showProgress(name);
    const root = join(folder, `${product.name}-${size.webhooksPerRepository}`);
    const plans = await withDeployment(product, engine, root, size, async (deployment) => {
      const measured: CountedPlan[] = [];
      for (let round = 0; round < rounds; round++) {
        baselineSeconds.push((await baseline.plan()).seconds);
        measured.push(await deployment.plan());
      }
      return measured;
    });
    timed.push({ name, plans });
  }
  return { baselineSeconds: median(baselineSeconds), timed };
}

function deploymentsOf(webhooks: number) {
  return PRODUCTS.flatMap((product) => [
    { product, label: "one", size: { repositories: webhooks, webhooksPerRepository: 1 } },
    { product, label: "ten", size: { repositories: webhooks / 10, webhooksPerRepository: 10 } },
  ]);
}

function timeRows(name: string, plans: readonly CountedPlan[], baselineSeconds: number, webhooks: number): readonly Row[] {
  const seconds = median(plans.map((plan) => plan.seconds));
  const pluginSeconds = median(plans.map((plan) => plan.pluginProcessorSeconds));
  const requests = plans[0]?.bitbucketRequests ?? NaN;
  // With few webhooks, the start of the processes takes most of the time.
  const target = webhooks >= 1000 ? 4 : undefined;
  return [
    { what: `plan of ${name}, relative to the baseline`, measured: `${seconds.toFixed(2)} s`, ratio: seconds / baselineSeconds, target },
    { what: "  processor time of all plugin processes", measured: `${pluginSeconds.toFixed(2)} s` },
    {
      what: "  Bitbucket requests per webhook and plan",
      measured: `${formatCount(requests)} requests`,
      ratio: requests / webhooks,
      target: 1,
    },
  ];
}

/** Requests to Spacelift with fewer webhooks than in the timed plans, and memory with more. */
async function measureGrowth(benchmark: PlanBenchmark, timedPlans: readonly CountedPlan[]): Promise<Row[]> {
  const { engine, folder, sizes, showProgress } = benchmark;
  const planOnce = (webhooks: number) => {
    showProgress(`requests and memory, ${formatCount(webhooks)} webhooks`);
    const size = { repositories: webhooks, webhooksPerRepository: 1 };
    return withDeployment(CLOUD, engine, join(folder, `once-${webhooks}`), size, (deployment) => deployment.plan());
  };
  const requestRow = (webhooks: number, requests: number): Row => ({
    what: `Spacelift requests of a plan, ${formatCount(webhooks)} webhooks on ${CLOUD.title}`,
    measured: `${requests}`,
  });
  const memoryRow = (webhooks: number, bytes: number): Row => ({
    what: `peak memory of the plugin, ${formatCount(webhooks)} webhooks on ${CLOUD.title}`,
    measured: formatBytes(bytes),
  });
  const rows: Row[] = [];
  for (const size of sizes.requests) rows.push(requestRow(size, (await planOnce(size)).spaceliftRequests));
  const { pluginPeakBytes } = await planOnce(sizes.memory);
  return [
    ...rows,
    requestRow(sizes.webhooks, timedPlans[0]?.spaceliftRequests ?? NaN),
    memoryRow(sizes.webhooks, Math.max(...timedPlans.map((plan) => plan.pluginPeakBytes))),
    memoryRow(sizes.memory, pluginPeakBytes),
  ];
}

async function withDeployment<T>(
  product: Product,
  engine: Engine,
  root: string,
  size: DeploymentSize,
  run: (deployment: WebhookDeployment) => Promise<T>,
): Promise<T> {
  const sandbox = await startSandbox();
  try {
    return await run(await WebhookDeployment.create(product, sandbox, engine, root, size));
  } finally {
    await sandbox.stop();
  }
}
