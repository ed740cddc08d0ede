/** How synthesis grows with the number of webhooks: the default app, run as cdktf runs it. */
import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { median, type Row } from "./table";

const ROOT = resolve(__dirname, "../..");

/** Rows for each size; the ratio compares the time per webhook with that of the smallest size. */
export async function measureSynth(folder: string, sizes: readonly number[], rounds: number): Promise<Row[]> {
  const base = await synthesise(folder, 1, rounds);
  const rows: Row[] = [];
  let unit: number | undefined;
  for (const size of sizes) {
    const seconds = await synthesise(folder, size, rounds);
    const each = (seconds - base) / size;
    unit ??= each;
    rows.push({
      what: `synth of ${size.toLocaleString("en")} webhooks; per webhook, against ${(sizes[0] ?? 0).toLocaleString("en")}`,
      measured: `${seconds.toFixed(1)} s, ${base.toFixed(1)} s of it to start`,
      // Below a thousand the start of the program drowns the rest.
      ...(size !== sizes[0] && size >= 1000 && { ratio: each / unit }),
    });
  }
  return rows;
}

async function synthesise(folder: string, webhooks: number, rounds: number): Promise<number> {
  const output = join(folder, `synth-${String(webhooks)}`);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await rm(output, { recursive: true, force: true });
    await mkdir(output, { recursive: true });
    times.push(await runApp(folder, output, webhooks));
  }
  const { resource } = JSON.parse(await readFile(join(output, "stacks/bitbucket/cdk.tf.json"), "utf8")) as {
    readonly resource: Readonly<Record<string, object>>;
  };
  const made = Object.keys(resource["bitlift_bitbucket_cloud_webhook"] ?? {}).length;
  if (made !== webhooks) throw new Error(`The stack has ${String(made)} webhooks, not ${String(webhooks)}.`);
  await rm(output, { recursive: true, force: true });
  return median(times);
}

function runApp(cwd: string, output: string, webhooks: number): Promise<number> {
  // Short names: cdktf hands the context over in one environment variable, which Linux limits to 128 KiB.
  const repositories = Array.from({ length: webhooks }, (_, index) => `w/${String(index)}`);
  const integration = { name: "Many", email: "spacelift@acme.example", apiTokenEnv: "TOKEN", repositories };
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: cwd,
    CDKTF_OUTDIR: output,
    CDKTF_CONTEXT_JSON: JSON.stringify({ bitlift: { integrations: { many: integration } } }),
  };
  return new Promise((done, fail) => {
    const from = performance.now();
    const child = spawn(process.execPath, [join(ROOT, "node_modules/tsx/dist/cli.mjs"), join(ROOT, "main.ts")], {
      cwd,
      env,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let text = "";
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    child.once("error", fail);
    child.once("close", (code) => {
      if (code === 0) done((performance.now() - from) / 1000);
      else fail(new Error(`The synthesis of ${String(webhooks)} webhooks failed:\n${text.slice(0, 4000)}`));
    });
  });
}
