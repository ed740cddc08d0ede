/** Runs the engine in a folder and measures its time; plugin-report.js measures the plugin's processor time and memory. */
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { runProgram } from "../harness";

export interface MeasuredRun {
  readonly seconds: number;
  /** Sum of all plugin processes of the run. */
  readonly pluginProcessorSeconds: number;
  /** Highest value of any plugin process. */
  readonly pluginPeakBytes: number;
}

interface PluginReport {
  readonly processorSeconds: number;
  readonly peakBytes: number;
}

/** @throws unless the engine ends with exit code 0 */
export async function runMeasured(
  engine: string,
  args: readonly string[],
  { folder, env }: { readonly folder: string; readonly env: Readonly<Record<string, string>> },
): Promise<MeasuredRun> {
  await mkdir(folder, { recursive: true });
  const reports = await mkdtemp(join(folder, "reports-"));
  const options = `--require ${JSON.stringify(join(__dirname, "plugin-report.js"))}`;
  const start = performance.now();
  const { code, output } = await runProgram(engine, args, {
    cwd: folder,
    env: { ...env, NODE_OPTIONS: options, BITLIFT_BENCH_REPORTS: reports },
  });
  const seconds = (performance.now() - start) / 1000;
  if (code !== 0) throw new Error(`${engine} ${args.join(" ")} ended with exit code ${code}:\n${output.slice(-4000)}`);
  const files = await readdir(reports);
  const plugins = await Promise.all(files.map(async (file) => JSON.parse(await readFile(join(reports, file), "utf8")) as PluginReport));
  await rm(reports, { recursive: true });
  return {
    seconds,
    pluginProcessorSeconds: plugins.reduce((sum, { processorSeconds }) => sum + processorSeconds, 0),
    pluginPeakBytes: Math.max(0, ...plugins.map(({ peakBytes }) => peakBytes)),
  };
}
