/** The demo against the sandbox: deploys integrations and webhooks, delivers events to Spacelift, and plans and reviews typical changes. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { onInterruption } from "../../packages/cli";
import { Problem, renderText } from "../../packages/diagnostics";
import { codePage } from "../../packages/engine";
import { startSandbox, type Sandbox } from "../../packages/sandbox";
import { ChildProcesses } from "./child-processes";
import { StepPrinter } from "./step-printer";
import { runDemo } from "./steps";

const command = new Command("npm start --")
  .description(
    [
      "Runs a demo against emulators of Spacelift, Bitbucket Cloud and Bitbucket Data Center on 127.0.0.1: declares integrations and webhooks,",
      "deploys them with cdktf, delivers pushes and pull requests, plans drift, a rename and a replacement, and reviews a rename and a deletion.",
      "Needs Terraform or OpenTofu (set BITLIFT_ENGINE to choose one), but no account. Takes about a minute. Uses a temporary folder, and removes",
      "it unless a step fails.",
    ].join(" "),
  )
  .allowExcessArguments(false)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action(main);

async function main(): Promise<void> {
  const printer = new StepPrinter(process.stdout);
  const children = new ChildProcesses();
  const interruption = stopOnInterruption(children);
  const folder = await mkdtemp(join(tmpdir(), "bitlift-start-"));
  const start = performance.now();
  let sandbox: Sandbox | undefined;
  let keepsFolder = false;
  try {
    sandbox = await startSandbox();
    await runDemo({ printer, children, folder, sandbox });
    printer.print(`\nThe demo took ${((performance.now() - start) / 1000).toFixed(0)} seconds.`, "dim");
  } catch (thrown) {
    keepsFolder = !interruption.aborted && (await readdir(folder)).length > 0;
    const location = keepsFolder ? `  The demo keeps its files in ${folder}\n` : "";
    process.stderr.write(
      interruption.aborted ? "\nInterrupted. Stopping all processes and removing all files.\n" : `\n${errorText(thrown)}\n${location}`,
    );
    process.exitCode = 1;
  } finally {
    await children.stop();
    await sandbox?.stop();
    if (!keepsFolder) await rm(folder, { recursive: true, force: true });
  }
}

/** Stops the children on a signal, when npm ends, or when the output can no longer be written. */
function stopOnInterruption(children: ChildProcesses): AbortSignal {
  const interruption = new AbortController();
  const interrupt = () => {
    interruption.abort();
    void children.stop();
  };
  onInterruption("start", interrupt);
  // The terminal was closed, or the reader of the pipe has ended.
  process.on("SIGHUP", interrupt);
  for (const stream of [process.stdout, process.stderr]) stream.on("error", interrupt);
  return interruption.signal;
}

function errorText(thrown: unknown): string {
  if (thrown instanceof Problem) return renderText(thrown.diagnostic, codePage);
  return `Error: The demo stopped\n  ${thrown instanceof Error ? thrown.message.replaceAll("\n", "\n  ") : String(thrown)}`;
}

command
  .parseAsync()
  .catch((thrown: unknown) => {
    process.stderr.write(`${errorText(thrown)}\n`);
    process.exitCode = 1;
  })
  // Exits explicitly: when the event loop is empty, Node.js removes the signal handlers before it exits, and a late signal from npm would cut
  // the shutdown short.
  .finally(() => process.exit());
