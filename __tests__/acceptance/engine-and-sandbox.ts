/** An engine, a sandbox and a temporary folder, for tests that synthesize their configuration themselves. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseEngine, type Engine } from "../../packages/engine";
import { startSandbox, type Sandbox } from "../../packages/sandbox";

interface EngineAndSandbox {
  readonly engine: Engine;
  readonly sandbox: Sandbox;
  readonly folder: string;
  /** Stops the sandbox, and removes the folder. */
  readonly stop: () => Promise<void>;
}

/** @param prefix Start of the folder's name. */
export async function startEngineAndSandbox(prefix: string): Promise<EngineAndSandbox> {
  const engine = await chooseEngine(process.env);
  const sandbox = await startSandbox();
  const folder = await mkdtemp(join(tmpdir(), prefix));
  const stop = async () => {
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { engine, sandbox, folder, stop };
}
