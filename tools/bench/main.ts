/** `npm run bench`: measures in one run, and compares with targets, with other providers, or with another commit. */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { Problem, renderText } from "../../packages/diagnostics";
import { chooseEngine, codePage } from "../../packages/engine";
import { THIS_CHECKOUT, type Benchmark } from "./benchmark";
import { comparisonTable, exceedsLimit, type ComparisonRow } from "./comparison";
import { pathWith } from "./node-under-test";
import { partsNamed } from "./parts";
import { createProgram, type BenchOptions } from "./program";
import { checkOut, removeWorktrees, type ReferenceCommit } from "./reference-checkout";
import { missesTarget, resultTable, type Row } from "./result-row";
import { sizesFor } from "./sizes";

async function main(options: BenchOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bitlift-bench-"));
  const removeFolder = () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    if (options.compare !== undefined) removeWorktrees(THIS_CHECKOUT.root);
  };
  process.once("exit", removeFolder);
  // Without a handler, a signal ends the process before it removes anything.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  const benchmark: Benchmark = {
    engine: await chooseEngine(),
    node: options.node,
    path: pathWith(options.node, folder),
    folder,
    peers: options.peer,
    showProgress: (text) => void process.stderr.write(`Measuring: ${text}\n`),
  };
  if (options.compare === undefined) await measure(benchmark, options);
  else await compare(benchmark, options, options.compare);
}

async function measure(benchmark: Benchmark, { quick = false, only, json = false }: BenchOptions): Promise<void> {
  const sizes = sizesFor({ quick, compare: false });
  const rows: Row[] = [];
  for (const part of partsNamed(only)) rows.push(...(await part.measure(benchmark, sizes, THIS_CHECKOUT)));
  if (json) return printJson(benchmark, { rows: rows.map((row) => ({ ...row, missed: missesTarget(row) })) });
  const missed = rows.filter(missesTarget).length;
  printTable(benchmark, resultTable(rows));
  console.log(missed === 0 ? "\nAll targets met." : `\n${missed} ${missed === 1 ? "target" : "targets"} missed.`);
}

async function compare(benchmark: Benchmark, { quick = false, only, json = false }: BenchOptions, commit: ReferenceCommit): Promise<void> {
  benchmark.showProgress(`build of ${commit.ref}`);
  const reference = await checkOut(commit, THIS_CHECKOUT.root, join(benchmark.folder, "reference"));
  const sizes = sizesFor({ quick, compare: true });
  const rows: ComparisonRow[] = [];
  for (const part of partsNamed(only)) rows.push(...(await part.compare(benchmark, sizes, [THIS_CHECKOUT, reference])));
  const exceeded = rows.filter(exceedsLimit).length;
  if (exceeded > 0) process.exitCode = 1;
  if (json) return printJson(benchmark, { reference: commit, rows: rows.map((row) => ({ ...row, exceeded: exceedsLimit(row) })) });
  printTable(benchmark, comparisonTable(rows, commit.ref));
  console.log(
    exceeded === 0
      ? "\nNo ratio exceeds its limit."
      : `\n${exceeded} ${exceeded === 1 ? "ratio exceeds its" : "ratios exceed their"} limit.`,
  );
}

function printTable({ engine, node }: Benchmark, table: string): void {
  console.log(`${engine.name} ${engine.version}; Node.js ${node.version} runs the plugin; ${cpus().length} cores`);
  console.log("Times depend on the machine. Ratios compare measurements of this run.\n");
  console.log(table);
}

function printJson({ engine, node }: Benchmark, result: object): void {
  const machine = { engine: `${engine.name} ${engine.version}`, node: node.version, cores: cpus().length };
  console.log(JSON.stringify({ ...machine, ...result }, null, 2));
}

createProgram(main)
  .parseAsync()
  .catch((thrown: unknown) => {
    console.error(thrown instanceof Problem ? renderText(thrown.diagnostic, codePage) : thrown);
    process.exitCode = 1;
  });
