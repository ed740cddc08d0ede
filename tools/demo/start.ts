/** The main job against the sandbox, from a declaration to a delivered push, and two plans that a reviewer may meet. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { Problem, renderText } from "../../packages/diagnostics";
import { onInterruption } from "../../packages/cli";
import { startSandbox, type Sandbox } from "../../packages/sandbox";
import { Children } from "./children";
import { tellTheStory } from "./steps";
import { Screen } from "./screen";

const command = new Command("npm start --")
  .description(
    [
      "Plays the main job against emulators of Spacelift, Bitbucket Cloud and Bitbucket Data Center on 127.0.0.1: declares integrations and webhooks,",
      "deploys them with cdktf, delivers a push, and shows two plans that a reviewer may meet. Needs Terraform or OpenTofu (BITLIFT_ENGINE names one)",
      "and no account, takes about a minute, and works in a temporary folder that it removes unless a step fails.",
    ].join(" "),
  )
  .allowExcessArguments(false)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action(main);

async function main(): Promise<void> {
  const screen = new Screen(process.stdout);
  const children = new Children();
  let sandbox: Sandbox | undefined;
  const interruption = new AbortController();
  const interrupt = () => {
    interruption.abort();
    void children.stop();
  };
  onInterruption("start", interrupt);
  // Nobody reads on: the terminal or the other end of a pipe is gone.
  process.on("SIGHUP", interrupt);
  for (const stream of [process.stdout, process.stderr]) stream.on("error", interrupt);
  const folder = await mkdtemp(join(tmpdir(), "bitlift-start-"));
  const from = performance.now();
  let kept = false;
  try {
    sandbox = await startSandbox();
    await tellTheStory({ screen, children, folder, sandbox });
    screen.say(`\nAll of it took ${((performance.now() - from) / 1000).toFixed(0)} seconds.`, "quiet");
  } catch (thrown) {
    kept = !interruption.signal.aborted && (await readdir(folder)).length > 0;
    const where = kept ? `  What was written is kept in ${folder}\n` : "";
    process.stderr.write(interruption.signal.aborted ? "\nInterrupted; nothing is left behind.\n" : `\n${failure(thrown)}\n${where}`);
    process.exitCode = 1;
  } finally {
    await children.stop();
    await sandbox?.stop();
    if (!kept) await rm(folder, { recursive: true, force: true });
  }
}

function failure(thrown: unknown): string {
  if (thrown instanceof Problem) return renderText(thrown.diagnostic);
  return `Error: The demonstration stopped\n  ${thrown instanceof Error ? thrown.message.replaceAll("\n", "\n  ") : String(thrown)}`;
}

command
  .parseAsync()
  .catch((thrown: unknown) => {
    process.stderr.write(`${failure(thrown)}\n`);
    process.exitCode = 1;
  })
  // At once: where the loop merely runs dry, Node gives up the handlers first, and a signal that npm forwards late would cut the ending short.
  .finally(() => process.exit());
