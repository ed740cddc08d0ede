/** An engine, a sandbox and a temporary folder, for tests that synthesize their configuration themselves. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseEngine, type Engine } from "../../packages/engine";
import { startSandbox, type Sandbox, type Seed } from "../../packages/sandbox";

interface EngineAndSandbox {
  readonly engine: Engine;
  readonly sandbox: Sandbox;
  readonly folder: string;
  /** Stops the sandbox, and removes the folder. */
  readonly stop: () => Promise<void>;
}

/**
 * @param prefix Start of the folder's name.
 * @param seed Replaces parts of the default seed.
 */
export async function startEngineAndSandbox(prefix: string, seed: Seed = {}): Promise<EngineAndSandbox> {
  const engine = await chooseEngine(process.env);
  const sandbox = await startSandbox({ seed });
  const folder = await mkdtemp(join(tmpdir(), prefix));
  const stop = async () => {
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { engine, sandbox, folder, stop };
}
