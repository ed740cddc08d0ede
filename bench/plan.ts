/** What a plan of many applied webhooks costs: time against the engine's floor, the plugin's own share, requests, memory. */
import { join } from "node:path";
import { cleanEnvironment, type Engine } from "../engine";
import { startSandbox } from "../sandbox";
import { floor } from "./floor";
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

/** All rows about plans. */
export async function measurePlans(engine: Engine, folder: string, sizes: PlanSizes, progress: (text: string) => void): Promise<Row[]> {
  const { webhooks, rounds } = sizes;
  const env = await cleanEnvironment(engine, folder);
  const one = `${count(webhooks)} webhooks, one per repository`;
  const ten = `${count(webhooks)} webhooks, ten per repository`;

  progress(`the floor: ${count(webhooks)} terraform_data`);
  const base = await floor(engine, join(folder, "floor"), env, webhooks);
  await base.plan();
  const floors: number[] = [];
  const timed = async (size: Size, name: string) => {
    progress(name);
    return withWebhooks(engine, join(folder, `plan-${String(size.each)}`), env, size, async (world) => {
      const runs: CountedRun[] = [];
      for (let round = 0; round < rounds; round++) {
        floors.push((await base.plan()).seconds);
        runs.push(await world.plan());
      }
      return runs;
    });
  };
  const oneEach = await timed({ repositories: webhooks, each: 1 }, one);
  const tenEach = await timed({ repositories: webhooks / 10, each: 10 }, ten);
  const floorSeconds = median(floors);

  const rows: Row[] = [{ what: `plan of ${count(webhooks)} terraform_data, the floor`, measured: `${floorSeconds.toFixed(2)} s` }];
  for (const [name, runs] of [
    [one, oneEach],
    [ten, tenEach],
  ] as const) {
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
  for (const size of sizes.requests) {
    progress(`requests of ${count(size)} webhooks`);
    const run = await planOnce(engine, join(folder, `requests-${String(size)}`), env, size);
    rows.push({ what: `  Spacelift requests, ${count(size)} webhooks`, measured: String(run.spaceliftRequests) });
  }
  rows.push({
    what: `peak memory of the plugin, ${count(webhooks)} webhooks`,
    measured: megabytes(Math.max(...oneEach.map((run) => run.pluginPeakBytes))),
  });
  progress(`memory of ${count(sizes.memory)} webhooks`);
  const large = await planOnce(engine, join(folder, "memory"), env, sizes.memory);
  rows.push({ what: `  Spacelift requests, ${count(webhooks)} webhooks`, measured: String(oneEach[0]?.spaceliftRequests ?? NaN) });
  rows.push({ what: `peak memory of the plugin, ${count(sizes.memory)} webhooks`, measured: megabytes(large.pluginPeakBytes) });
  return rows;
}

function requestRow(run: CountedRun | undefined, webhooks: number): Row {
  const requests = run?.bitbucketRequests ?? NaN;
  return { what: "  Bitbucket requests per webhook and plan", measured: `${count(requests)} requests`, ratio: requests / webhooks, aim: 1 };
}

function planOnce(engine: Engine, folder: string, env: Readonly<Record<string, string>>, webhooks: number): Promise<CountedRun> {
  return withWebhooks(engine, folder, env, { repositories: webhooks, each: 1 }, (world) => world.plan());
}

async function withWebhooks<T>(
  engine: Engine,
  folder: string,
  env: Readonly<Record<string, string>>,
  size: Size,
  work: (world: Webhooks) => Promise<T>,
): Promise<T> {
  const sandbox = await startSandbox();
  try {
    return await work(await Webhooks.apply(sandbox, engine, folder, env, size));
  } finally {
    await sandbox.stop();
  }
}
