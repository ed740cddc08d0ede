/** Measures how the time of a synthesis grows with the number of webhooks. Runs the default app as cdktf runs it. */
import { mkdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { runProgram } from "../harness";
import { median, type Row } from "./table";

const ROOT = resolve(__dirname, "../..");

/** One row for each size. The ratio compares the time per webhook with that of the smallest size. */
export async function measureSynth(folder: string, sizes: readonly number[], rounds: number): Promise<Row[]> {
  const startSeconds = await synthesize(folder, 1, rounds);
  const [smallest = 0] = sizes;
  const rows: Row[] = [];
  let smallestPerWebhook: number | undefined;
  for (const size of sizes) {
    const seconds = await synthesize(folder, size, rounds);
    const perWebhook = (seconds - startSeconds) / size;
    smallestPerWebhook ??= perWebhook;
    // Below a thousand webhooks, the start of the program takes most of the time.
    const isComparable = size !== smallest && size >= 1000;
    rows.push({
      what: `synthesis of ${size.toLocaleString("en")} webhooks; time per webhook, relative to ${smallest.toLocaleString("en")}`,
      measured: `${seconds.toFixed(1)} s, of which ${startSeconds.toFixed(1)} s to start`,
      ratio: isComparable ? perWebhook / smallestPerWebhook : undefined,
    });
  }
  return rows;
}

async function synthesize(folder: string, webhooks: number, rounds: number): Promise<number> {
  const output = join(folder, `synth-${webhooks}`);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await rm(output, { recursive: true, force: true });
    await mkdir(output, { recursive: true });
    times.push(await runApp(folder, output, webhooks));
  }
  const { resource } = JSON.parse(await readFile(join(output, "stacks/bitbucket/cdk.tf.json"), "utf8")) as {
    readonly resource: Readonly<Record<string, object>>;
  };
  const count = Object.keys(resource["bitlift_bitbucket_cloud_webhook"] ?? {}).length;
  if (count !== webhooks) throw new Error(`The stack has ${count} webhooks, not ${webhooks}.`);
  await rm(output, { recursive: true, force: true });
  return median(times);
}

async function runApp(cwd: string, output: string, webhooks: number): Promise<number> {
  // Short names: cdktf passes the context in one environment variable, which Linux limits to 128 KiB.
  const repositories = Array.from({ length: webhooks }, (_, index) => `w/${index}`);
  const integration = { name: "Many", email: "spacelift@acme.example", apiTokenEnv: "TOKEN", repositories };
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: cwd,
    CDKTF_OUTDIR: output,
    CDKTF_CONTEXT_JSON: JSON.stringify({ bitlift: { integrations: { many: integration } } }),
  };
  const start = performance.now();
  const app = [join(ROOT, "node_modules/tsx/dist/cli.mjs"), join(ROOT, "main.ts")];
  const { code, output: text } = await runProgram(process.execPath, app, { cwd, env });
  if (code !== 0) throw new Error(`The synthesis of ${webhooks} webhooks failed:\n${text.slice(0, 4000)}`);
  return (performance.now() - start) / 1000;
}
