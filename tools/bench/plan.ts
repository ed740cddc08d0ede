/** What a plan of many applied webhooks costs: time against the engine's floor, the plugin's own share, requests, memory. */
import { join } from "node:path";
import { cleanEnvironment, type Engine } from "../../packages/engine";
import { startSandbox } from "../../packages/sandbox";
import { floor } from "./floor";
import { PRODUCTS, type BenchProduct } from "./products";
import { median, type Row } from "./table";
import { Webhooks, type CountedRun, type Size } from "./webhooks";

/** Sizes of one run of the benchmark. */
export interface PlanSizes {
  /** Webhooks in the timed plans. */
  readonly webhooks: number;
  readonly rounds: number;
  /** Further sizes for requests per plan. */
  readonly requests: readonly number[];
  /** A further size for memory. */
  readonly memory: number;
}

const count = (value: number) => value.toLocaleString("en");
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

/** All rows about plans: of both products by time and requests, and of the first one by growth. */
export async function measurePlans(engine: Engine, folder: string, sizes: PlanSizes, progress: (text: string) => void): Promise<Row[]> {
  const { webhooks, rounds } = sizes;
  const env = await cleanEnvironment(engine, folder);

  progress(`the floor: ${count(webhooks)} terraform_data`);
  const base = await floor(engine, join(folder, "floor"), env, webhooks);
  await base.plan();
  const floors: number[] = [];
  const timed: { readonly name: string; readonly runs: readonly CountedRun[] }[] = [];
  for (const product of PRODUCTS) {
    for (const size of [
      { repositories: webhooks, each: 1 },
      { repositories: webhooks / 10, each: 10 },
    ]) {
      const name = `${count(webhooks)} webhooks on ${product.title}, ${size.each === 1 ? "one" : "ten"} per repository`;
      progress(name);
      const at = join(folder, `${product.service}-${String(size.each)}`);
      const runs = await withWebhooks(product, engine, at, env, size, async (world) => {
        const all: CountedRun[] = [];
        for (let round = 0; round < rounds; round++) {
          floors.push((await base.plan()).seconds);
          all.push(await world.plan());
        }
        return all;
      });
      timed.push({ name, runs });
    }
  }
  const floorSeconds = median(floors);

  const rows: Row[] = [{ what: `plan of ${count(webhooks)} terraform_data, the floor`, measured: `${floorSeconds.toFixed(2)} s` }];
  for (const { name, runs } of timed) {
    const seconds = median(runs.map((run) => run.seconds));
    const own = median(runs.map((run) => run.pluginProcessorSeconds));
    rows.push({
      what: `plan of ${name}, against the floor`,
      measured: `${seconds.toFixed(2)} s`,
      ratio: seconds / floorSeconds,
      ...(webhooks >= 1000 && { aim: 4 }),
    });
    rows.push({ what: "  processor time of the plugin in it, all processes", measured: `${own.toFixed(2)} s` });
    rows.push(requestRow(runs[0], webhooks));
  }
  return [...rows, ...(await growth(timed[0]?.runs ?? [], engine, folder, env, sizes, progress))];
}

/** Requests to Spacelift, and memory, of more and of fewer webhooks than the timed plans have. */
async function growth(
  known: readonly CountedRun[],
  engine: Engine,
  folder: string,
  env: Readonly<Record<string, string>>,
  sizes: PlanSizes,
  progress: (text: string) => void,
): Promise<Row[]> {
  const once = (webhooks: number) => {
    progress(`requests and memory of ${count(webhooks)} webhooks`);
    const size = { repositories: webhooks, each: 1 };
    return withWebhooks(PRODUCTS[0], engine, join(folder, `once-${String(webhooks)}`), env, size, (world) => world.plan());
  };
  const few: Row[] = [];
  for (const size of sizes.requests) {
    few.push({ what: `  Spacelift requests, ${count(size)} webhooks`, measured: String((await once(size)).spaceliftRequests) });
  }
  const large = await once(sizes.memory);
  return [
    ...few,
    { what: `  Spacelift requests, ${count(sizes.webhooks)} webhooks`, measured: String(known[0]?.spaceliftRequests ?? NaN) },
    {
      what: `peak memory of the plugin, ${count(sizes.webhooks)} webhooks`,
      measured: megabytes(Math.max(...known.map((run) => run.pluginPeakBytes))),
    },
    { what: `peak memory of the plugin, ${count(sizes.memory)} webhooks`, measured: megabytes(large.pluginPeakBytes) },
  ];
}

function requestRow(run: CountedRun | undefined, webhooks: number): Row {
  const requests = run?.bitbucketRequests ?? NaN;
  return { what: "  Bitbucket requests per webhook and plan", measured: `${count(requests)} requests`, ratio: requests / webhooks, aim: 1 };
}

async function withWebhooks<T>(
  product: BenchProduct,
  engine: Engine,
  folder: string,
  env: Readonly<Record<string, string>>,
  size: Size,
  work: (world: Webhooks) => Promise<T>,
): Promise<T> {
  const sandbox = await startSandbox();
  try {
    return await work(await Webhooks.apply(product, sandbox, engine, folder, env, size));
  } finally {
    await sandbox.stop();
  }
}
