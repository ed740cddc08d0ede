/** Measures the time from the start of the plugin to its handshake line, relative to a Node.js process that does nothing. */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Benchmark, Checkout } from "./benchmark";
import { comparisonRow, LIMITS, type ComparisonRow } from "./comparison";
import { median } from "./median";
import type { Row } from "./result-row";
import { interleave } from "./rounds";
import type { Sizes } from "./sizes";

const TARGET = 2.1;

/** Nothing else: NODE_EXTRA_CA_CERTS for example adds 50 ms to each start of Node.js 20. */
const HANDSHAKE_ENVIRONMENT = {
  TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
  PLUGIN_PROTOCOL_VERSIONS: "6",
};

export async function measureStartUp(benchmark: Benchmark, { startUps }: Sizes, checkout: Checkout): Promise<Row[]> {
  const [emptyTimes = [], pluginTimes = []] = await timeStarts(benchmark, startUps, [checkout]);
  const emptyTime = median(emptyTimes);
  const pluginTime = median(pluginTimes);
  return [
    { what: "baseline: start of a Node.js process that does nothing", measured: `${emptyTime.toFixed(0)} ms` },
    {
      what: "start of the plugin to its handshake, relative to the baseline",
      measured: `${pluginTime.toFixed(0)} ms`,
      result: pluginTime / emptyTime,
      target: TARGET,
    },
  ];
}

export async function compareStartUp(
  benchmark: Benchmark,
  { startUps }: Sizes,
  [checkout, reference]: readonly [Checkout, Checkout],
): Promise<ComparisonRow[]> {
  const [, ours = [], theirs = []] = await timeStarts(benchmark, startUps, [checkout, reference]);
  return [comparisonRow({ what: "start of the plugin to its handshake" }, { ours, reference: theirs, unit: "ms", limit: LIMITS.own })];
}

/** Milliseconds of each start: first those of an empty program, then those of each plugin. */
async function timeStarts({ node, showProgress }: Benchmark, rounds: number, checkouts: readonly Checkout[]) {
  showProgress("start of the plugin");
  const certificate = await readFile(join(__dirname, "client-certificate.pem"), "utf8");
  const plugins = checkouts.map(
    ({ plugin }) =>
      () =>
        timeToHandshake(node.path, plugin, certificate),
  );
  return interleave([() => timeToExit(node.path), ...plugins], rounds);
}

function timeToExit(node: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(node, ["-e", "0"], { stdio: "ignore", env: {} });
    child.once("error", reject);
    child.once("exit", () => resolve(performance.now() - start));
  });
}

function timeToHandshake(node: string, plugin: string, certificate: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const env = { ...HANDSHAKE_ENVIRONMENT, PLUGIN_CLIENT_CERT: certificate };
    const start = performance.now();
    const child = spawn(node, [plugin], { stdio: ["ignore", "pipe", "ignore"], env });
    let text = "";
    let time: number | undefined;
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (time !== undefined || !text.includes("\n")) return;
      time = performance.now() - start;
      child.kill("SIGKILL");
    });
    child.once("error", reject);
    child.once("exit", () => {
      // Core version, protocol, network, address, type, certificate.
      if (time !== undefined && /^1\|6\|(unix|tcp)\|[^|]+\|grpc\|[^|\s]+/.test(text)) resolve(time);
      else reject(new Error(`The plugin printed "${text.trim()}" instead of a handshake line.`));
    });
  });
}
