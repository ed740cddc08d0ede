/** `npm run conformance -- <engine>...`: runs the acceptance tests with each engine, one after the other, and records the results. */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { Command } from "commander";
import { version as bitlift } from "../../package.json";
import { Problem, renderText } from "../../packages/diagnostics";
import { chooseEngine, type Engine } from "../../packages/engine";
import { countsIn, readRuns, withRun, writeRuns, type JestReport } from "./runs";

const ROOT = join(__dirname, "../..");

const command = new Command("npm run conformance --")
  .description("Runs the acceptance tests with each engine and records the results in docs/conformance.md.")
  .argument("[engines...]", "paths of Terraform or OpenTofu executables; by default, the engine that the tests use")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action(main);

async function main(paths: readonly string[]): Promise<void> {
  // Checked first, so that a wrong path does not end the command after an hour.
  const engines: Engine[] = [];
  for (const path of paths.length === 0 ? [undefined] : paths) {
    engines.push(await chooseEngine(path === undefined ? process.env : { ...process.env, BITLIFT_ENGINE: path }));
  }
  for (const engine of engines) {
    process.stderr.write(`Running the acceptance tests with ${engine.name} ${engine.version}\n`);
    const report = await runAcceptance(engine);
    const files = countsIn(report, (file) => relative(ROOT, file).replaceAll("\\", "/"));
    await writeRuns(
      withRun(await readRuns(), {
        engine: engine.name,
        version: engine.version,
        date: new Date().toISOString().slice(0, 10),
        platform: `${process.platform} ${process.arch}`,
        node: process.versions.node,
        bitlift,
        files,
      }),
    );
    if (report.testResults.some(({ status }) => status === "failed")) process.exitCode = 1;
  }
  process.stderr.write("Recorded. To update docs/conformance.md, run: npm run generate\n");
}

async function runAcceptance(engine: Engine): Promise<JestReport> {
  const folder = await mkdtemp(join(tmpdir(), "bitlift-conformance-"));
  try {
    const output = join(folder, "report.json");
    const args = ["jest", "--selectProjects", "acceptance", "--json", `--outputFile=${output}`];
    const env = { ...process.env, BITLIFT_ENGINE: engine.path };
    // Jest repeats the report on standard output, so only the other stream is shown.
    const child = spawn("npx", args, { cwd: ROOT, env, stdio: ["ignore", "ignore", "inherit"] });
    await new Promise((ended, failed) => child.once("error", failed).once("exit", ended));
    return JSON.parse(await readFile(output, "utf8")) as JestReport;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

command.parseAsync().catch((thrown: unknown) => {
  console.error(thrown instanceof Problem ? renderText(thrown.diagnostic) : thrown);
  process.exitCode = 1;
});
