/** The main job against the sandbox, from a declaration to a delivered push, and two plans that a reviewer may meet. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Problem, renderText } from "../diagnostics";
import { startSandbox, type Sandbox } from "../sandbox";
import { Children } from "./children";
import { tellTheStory } from "./story";
import { Screen } from "./screen";

async function main(): Promise<void> {
  const screen = new Screen(process.stdout);
  const children = new Children();
  const folder = await mkdtemp(join(tmpdir(), "bitlift-start-"));
  let sandbox: Sandbox | undefined;
  let interrupted: NodeJS.Signals | undefined;
  const interrupt = (signal: NodeJS.Signals) => {
    interrupted = signal;
    void children.stop();
  };
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const from = performance.now();
  let kept = false;
  try {
    sandbox = await startSandbox();
    await tellTheStory({ screen, children, folder, sandbox });
    screen.say(`\nAll of it took ${((performance.now() - from) / 1000).toFixed(0)} seconds.`, "quiet");
  } catch (thrown) {
    kept = interrupted === undefined && (await readdir(folder)).length > 0;
    const where = kept ? `  What was written is kept in ${folder}\n` : "";
    process.stderr.write(interrupted === undefined ? `\n${failure(thrown)}\n${where}` : "\nInterrupted; nothing is left behind.\n");
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

void main();
