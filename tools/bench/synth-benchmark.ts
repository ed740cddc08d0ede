/** Measures how the time of a synthesis grows with the number of webhooks, in one part and in many. Runs the default app as cdktf runs it. */
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runProgram } from "../harness";
import { newFolder, type Benchmark, type Checkout } from "./benchmark";
import { comparisonRow, LIMITS, type ComparisonRow } from "./comparison";
import { largeFile } from "./large-file";
import { median } from "./median";
import { formatCount } from "./quantity";
import type { Row } from "./result-row";
import { interleave } from "./rounds";
import type { Sizes } from "./sizes";

/** Below a thousand webhooks, the start of the program takes most of the time. */
const SMALLEST_COMPARABLE = 1000;

/** Parts have a fixed cost each, which is a larger share of the smaller file, and so ten times the parts may take more than ten times as long. */
const PARTS_TARGET = 1.2;

/** One row for each size. The result compares the whole time with that of the smallest size; the target is linear growth. */
export async function measureSynth(benchmark: Benchmark, sizes: Sizes, checkout: Checkout): Promise<Row[]> {
  return [...(await measureOnePart(benchmark, sizes, checkout)), ...(await measureParts(benchmark, sizes, checkout))];
}

async function measureOnePart(benchmark: Benchmark, { synth }: Sizes, checkout: Checkout): Promise<Row[]> {
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

/** A file with this many parts, against one with a tenth of them. */
async function measureParts(benchmark: Benchmark, { file, synth }: Sizes, checkout: Checkout): Promise<Row[]> {
  benchmark.showProgress("synthesis of many parts");
  const numbers = [file.parts / 10, file.parts];
  const measurements = numbers.map((parts) => () => {
    const webhooks = parts * file.repositories;
    return synthesize(benchmark, checkout, webhooks, { "bitlift.yaml": largeFile(parts, file.repositories) });
  });
  const [few = NaN, many = NaN] = (await interleave(measurements, synth.rounds)).map(median);
  const what = (parts: number) => `synthesis of ${formatCount(parts * file.repositories)} webhooks in ${parts} parts`;
  const [fewParts = NaN, manyParts = NaN] = numbers;
  return [
    { what: what(fewParts), measured: `${few.toFixed(1)} s` },
    {
      what: `${what(manyParts)}, relative to ${formatCount(fewParts * file.repositories)} in ${fewParts}`,
      measured: `${many.toFixed(1)} s`,
      result: many / few,
      target: (manyParts / fewParts) * PARTS_TARGET,
    },
  ];
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

/** What a synthesis reads, by the name of the file. */
type Input = Readonly<Record<string, string>>;

/** Seconds of one synthesis. @throws if the stacks together do not have all webhooks */
async function synthesize(benchmark: Benchmark, checkout: Checkout, webhooks: number, input = onePart(webhooks)): Promise<number> {
  const folder = await newFolder(benchmark);
  const output = join(folder, "output");
  await mkdir(output);
  for (const [name, text] of Object.entries(input)) await writeFile(join(folder, name), text);
  // Before the file existed, the app had its configuration from cdktf, which passes it in a variable.
  const context: Record<string, string> = existsSync(join(checkout.root, "bitlift.schema.json"))
    ? {}
    : { CDKTF_CONTEXT_JSON: contextOf(webhooks) };
  const env = { PATH: benchmark.path, HOME: folder, CDKTF_OUTDIR: output, ...context };
  const seconds = await runApp(benchmark, checkout, env, folder);
  const count = await webhooksIn(join(output, "stacks"));
  if (count !== webhooks) throw new Error(`The stacks have ${count} webhooks, not ${webhooks}.`);
  await rm(folder, { recursive: true, force: true });
  return seconds;
}

const pathsOf = (webhooks: number) => Array.from({ length: webhooks }, (_, index) => `acme-workspace/repository-${index}`);

function onePart(webhooks: number): Input {
  const integration = {
    cloud: { email: "spacelift@acme.example", token: { env: "TOKEN" } },
    name: "Many",
    repositories: pathsOf(webhooks),
  };
  // Every JSON text is YAML.
  return { "bitlift.yaml": JSON.stringify({ version: 1, integrations: { many: integration } }) };
}

/** Linux limits a variable to 128 KiB, which is enough for the sizes that are compared. */
function contextOf(webhooks: number): string {
  const integration = { email: "spacelift@acme.example", apiTokenEnv: "TOKEN", name: "Many", repositories: pathsOf(webhooks) };
  return JSON.stringify({ bitlift: { integrations: { many: integration } } });
}

async function webhooksIn(stacks: string): Promise<number> {
  let count = 0;
  for (const stack of await readdir(stacks)) {
    const { resource = {} } = JSON.parse(await readFile(join(stacks, stack, "cdk.tf.json"), "utf8")) as {
      readonly resource?: Readonly<Record<string, object>>;
    };
    count += Object.keys(resource["bitlift_bitbucket_cloud_webhook"] ?? {}).length;
  }
  return count;
}

async function runApp({ node }: Benchmark, { root }: Checkout, env: Record<string, string>, cwd: string): Promise<number> {
  const start = performance.now();
  const app = [join(root, "node_modules/tsx/dist/cli.mjs"), join(root, "main.ts")];
  const { code, output } = await runProgram(node.path, app, { cwd, env });
  if (code !== 0) throw new Error(`The synthesis failed:\n${output.slice(0, 4000)}`);
  return (performance.now() - start) / 1000;
}
