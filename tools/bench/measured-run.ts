/** Runs the engine in a folder and measures its time; plugin-report.js measures the plugin's processor time, threads and memory. */
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { startProgram } from "../harness";
import { divideTime, processSeconds, sampleProcess, type ProcessorTime } from "./processor-time";
import { addThreads, secondsByKind, type ThreadSeconds, type ThreadTime } from "./thread-kinds";

export interface MeasuredRun {
  readonly seconds: number;
  /** Of the engine, and of all plugin processes. */
  readonly processor: ProcessorTime;
  /** Of all plugin processes; undefined if no plugin reported them. */
  readonly threads: ThreadSeconds | undefined;
  /** Highest value of any plugin process; 0 if no plugin reported it. */
  readonly pluginPeakBytes: number;
  /** Whether the engine ended with exit code 2, which means that a plan has changes. */
  readonly hasChanges: boolean;
  /** Requests that the sandbox received, if they were counted. */
  readonly requests?: { readonly bitbucket: number; readonly spacelift: number };
}

/** The file that plugin-report.js writes. */
export interface PluginReport {
  readonly pid: number;
  readonly processorSeconds: number;
  readonly peakBytes: number;
  readonly threads?: readonly ThreadTime[];
}

export interface RunOptions {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Accept a plan with changes. */
  readonly acceptChanges?: boolean;
}

export const PLAN = ["plan", "-input=false", "-no-color", "-detailed-exitcode"] as const;
export const APPLY = ["apply", "-input=false", "-no-color", "-auto-approve"] as const;

/** @throws unless the engine ends with exit code 0, or with 2 if changes are accepted */
export async function runMeasured(
  engine: string,
  args: readonly string[],
  { folder, env, acceptChanges = false }: RunOptions,
): Promise<MeasuredRun> {
  await mkdir(folder, { recursive: true });
  const reports = await mkdtemp(join(folder, "reports-"));
  const options = `--require ${JSON.stringify(join(__dirname, "plugin-report.js"))}`;
  const childrenBefore = processSeconds("self")?.children;
  const start = performance.now();
  const program = startProgram(engine, args, { cwd: folder, env: { ...env, NODE_OPTIONS: options, BITLIFT_BENCH_REPORTS: reports } });
  const sampled = sampleProcess(program.pid);
  const { code, output } = await program.ended.finally(() => sampled.stop());
  const seconds = (performance.now() - start) / 1000;
  const childrenAfter = processSeconds("self")?.children;
  if (code !== 0 && !(code === 2 && acceptChanges)) {
    throw new Error(`${engine} ${args.join(" ")} ended with exit code ${code}:\n${output.slice(-4000)}`);
  }
  const total = childrenBefore === undefined || childrenAfter === undefined ? undefined : childrenAfter - childrenBefore;
  const plugins = await readReports(reports);
  const reportedPlugins = plugins.length === 0 ? undefined : sum(plugins.map(({ processorSeconds }) => processorSeconds));
  return {
    seconds,
    processor: divideTime({ total, sampledEngine: sampled.stop(), reportedPlugins }),
    threads: threadsOf(plugins),
    pluginPeakBytes: Math.max(0, ...plugins.map(({ peakBytes }) => peakBytes)),
    hasChanges: code === 2,
  };
}

async function readReports(folder: string): Promise<readonly PluginReport[]> {
  const files = await readdir(folder);
  const reports = await Promise.all(files.map(async (file) => JSON.parse(await readFile(join(folder, file), "utf8")) as PluginReport));
  await rm(folder, { recursive: true });
  return reports;
}

function threadsOf(plugins: readonly PluginReport[]): ThreadSeconds | undefined {
  const known = plugins.flatMap(({ pid, threads }) => (threads === undefined ? [] : [secondsByKind(pid, threads)]));
  return known.length === 0 ? undefined : addThreads(known);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
