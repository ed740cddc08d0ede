/** Measures how the time of a synthesis grows with the number of webhooks. Runs the default app as cdktf runs it. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runProgram } from "../harness";
import { newFolder, type Benchmark, type Checkout } from "./benchmark";
import { comparisonRow, LIMITS, type ComparisonRow } from "./comparison";
import { median } from "./median";
import { formatCount } from "./quantity";
import type { Row } from "./result-row";
import { interleave } from "./rounds";
import type { Sizes } from "./sizes";

/** Below a thousand webhooks, the start of the program takes most of the time. */
const SMALLEST_COMPARABLE = 1000;

/** One row for each size. The result compares the whole time with that of the smallest size; the target is linear growth. */
export async function measureSynth(benchmark: Benchmark, { synth }: Sizes, checkout: Checkout): Promise<Row[]> {
  benchmark.showProgress("synthesis");
  const [smallest = NaN] = synth.sizes;
  const measurements = synth.sizes.map((size) => () => synthesize(benchmark, checkout, size));
  const seconds = (await interleave(measurements, synth.rounds)).map(median);
  return synth.sizes.map((size, index) => {
    const measured = `${(seconds[index] ?? NaN).toFixed(1)} s`;
    if (size === smallest) return { what: `synthesis of ${formatCount(size)} webhooks`, measured };
    return {
      what: `synthesis of ${formatCount(size)} webhooks, relative to ${formatCount(smallest)}`,
      measured,
      result: (seconds[index] ?? NaN) / (seconds[0] ?? NaN),
      target: smallest >= SMALLEST_COMPARABLE ? size / smallest : undefined,
    };
  });
}

export async function compareSynth(
  benchmark: Benchmark,
  { synth }: Sizes,
  checkouts: readonly [Checkout, Checkout],
): Promise<ComparisonRow[]> {
  const rows: ComparisonRow[] = [];
  for (const size of synth.sizes) {
    benchmark.showProgress(`synthesis of ${formatCount(size)} webhooks`);
    const [ours = [], theirs = []] = await interleave(
      checkouts.map((checkout) => () => synthesize(benchmark, checkout, size)),
      synth.rounds,
    );
    rows.push(
      comparisonRow({ what: `synthesis of ${formatCount(size)} webhooks` }, { ours, reference: theirs, unit: "s", limit: LIMITS.own }),
    );
  }
  return rows;
}

/** Seconds of one synthesis. @throws if the stack does not have all webhooks */
async function synthesize(benchmark: Benchmark, checkout: Checkout, webhooks: number): Promise<number> {
  const folder = await newFolder(benchmark);
  const output = join(folder, "output");
  await mkdir(output);
  const seconds = await runApp(benchmark, checkout, { cwd: folder, output, webhooks });
  const { resource } = JSON.parse(await readFile(join(output, "stacks/main/cdk.tf.json"), "utf8")) as {
    readonly resource: Readonly<Record<string, object>>;
  };
  const count = Object.keys(resource["bitlift_bitbucket_cloud_webhook"] ?? {}).length;
  if (count !== webhooks) throw new Error(`The stack has ${count} webhooks, not ${webhooks}.`);
  await rm(folder, { recursive: true, force: true });
  return seconds;
}

async function runApp(
  { node, path }: Benchmark,
  { root }: Checkout,
  { cwd, output, webhooks }: { readonly cwd: string; readonly output: string; readonly webhooks: number },
): Promise<number> {
  const repositories = Array.from({ length: webhooks }, (_, index) => `acme-workspace/repository-${index}`);
  const integration = { cloud: { email: "spacelift@acme.example", token: { env: "TOKEN" } }, name: "Many", repositories };
  // Every JSON text is YAML.
  await writeFile(join(cwd, "bitlift.yaml"), JSON.stringify({ version: 1, integrations: { many: integration } }));
  const env = {
    PATH: path,
    HOME: cwd,
    CDKTF_OUTDIR: output,
  };
  const start = performance.now();
  const app = [join(root, "node_modules/tsx/dist/cli.mjs"), join(root, "main.ts")];
  const { code, output: text } = await runProgram(node.path, app, { cwd, env });
  if (code !== 0) throw new Error(`The synthesis of ${webhooks} webhooks failed:\n${text.slice(0, 4000)}`);
  return (performance.now() - start) / 1000;
}
