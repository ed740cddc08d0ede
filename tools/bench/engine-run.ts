/** Runs the engine in a folder and takes its time; the plugin's own use of the machine comes from plugin-report.js. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

/** One run of the engine. */
export interface Run {
  readonly seconds: number;
  readonly output: string;
  /** Of all plugin processes of the run together. */
  readonly pluginProcessorSeconds: number;
  /** Of the plugin process that needed most. */
  readonly pluginPeakBytes: number;
}

interface Report {
  readonly processorSeconds: number;
  readonly peakBytes: number;
}

/** Runs `engine args` and insists on one of the exit codes. */
export async function runEngine(
  engine: string,
  args: readonly string[],
  options: { readonly folder: string; readonly env: Readonly<Record<string, string>>; readonly codes?: readonly number[] },
): Promise<Run> {
  await mkdir(options.folder, { recursive: true });
  const reports = await mkdtemp(join(options.folder, "reports-"));
  const env = {
    ...options.env,
    NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, "plugin-report.js"))}`,
    BITLIFT_BENCH_REPORTS: reports,
  };
  const from = performance.now();
  const { code, output } = await execute(engine, args, options.folder, env);
  const seconds = (performance.now() - from) / 1000;
  if (!(options.codes ?? [0]).includes(code))
    throw new Error(`${engine} ${args.join(" ")} ended with exit code ${String(code)}:\n${output.slice(-4000)}`);
  const files = await readdir(reports);
  const used = await Promise.all(files.map(async (file) => JSON.parse(await readFile(join(reports, file), "utf8")) as Report));
  await rm(reports, { recursive: true });
  return {
    seconds,
    output,
    pluginProcessorSeconds: used.reduce((sum, report) => sum + report.processorSeconds, 0),
    pluginPeakBytes: Math.max(0, ...used.map((report) => report.peakBytes)),
  };
}

function execute(
  file: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; output: string }> {
  return new Promise((done, fail) => {
    execFile(file, args, { cwd, env, maxBuffer: 1 << 28 }, (failure, stdout, stderr) => {
      if (failure !== null && typeof failure.code !== "number") fail(new Error(failure.message, { cause: failure }));
      else done({ code: failure === null ? 0 : Number(failure.code), output: stdout + stderr });
    });
  });
}
