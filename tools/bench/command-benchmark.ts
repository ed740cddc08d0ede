/** Measures how long `bitlift --help` and `bitlift validate` take in the installed package, relative to a Node.js process that does nothing. */
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildLibrary } from "../build/library";
import { newFolder, type Benchmark, type Checkout } from "./benchmark";
import type { ComparisonRow } from "./comparison";
import { largeFile } from "./large-file";
import { median } from "./median";
import type { Row } from "./result-row";
import { interleave } from "./rounds";
import type { Sizes } from "./sizes";

/** An answer within 0.3 s, where a Node.js process that does nothing takes 0.04. */
const TARGET = 7.5;

const COMMANDS = [["--help"], ["validate"]] as const;

/** One row for each command. The file of `validate` is small, because another part measures a large one. */
export async function measureCommands(benchmark: Benchmark, { startUps }: Sizes, { root }: Checkout): Promise<Row[]> {
  benchmark.showProgress("build of the command");
  await buildLibrary(root);
  benchmark.showProgress("start of the command");
  const folder = await newFolder(benchmark);
  await writeFile(join(folder, "bitlift.yaml"), largeFile(2, 3));
  const program = join(root, "dist/packages/cli/bin.js");
  const programs = [["-e", "0"], ...COMMANDS.map((args) => [program, ...args])];
  const times = await interleave(
    programs.map((args) => () => timeToExit(benchmark.node.path, args, folder)),
    startUps,
  );
  const [empty = NaN, ...commands] = times.map(median);
  return COMMANDS.map((args, index) => ({
    what: `bitlift ${args.join(" ")}, relative to a Node.js process that does nothing`,
    measured: `${(commands[index] ?? NaN).toFixed(0)} ms, nothing ${empty.toFixed(0)} ms`,
    result: (commands[index] ?? NaN) / empty,
    target: TARGET,
  }));
}

/** Other commits may have no command, and the rows are ratios within one run. */
export function compareCommands(): Promise<ComparisonRow[]> {
  return Promise.resolve([]);
}

/** Milliseconds. @throws unless the exit code is 0 */
function timeToExit(node: string, args: readonly string[], cwd: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(node, args, { cwd, stdio: "ignore", env: {} });
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code === 0) resolve(performance.now() - start);
      else reject(new Error(`${args.join(" ")} ended with exit code ${String(code)}.`));
    });
  });
}
