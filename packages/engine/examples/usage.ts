/** Runs the engine in a folder, with a clean environment. Compiled, and embedded in the README. */
import { execFileSync } from "node:child_process";
import { chooseEngine, cleanEnvironment } from "..";

export async function initialize(folder: string): Promise<void> {
  // region usage
  const engine = await chooseEngine();
  const env = await cleanEnvironment(engine, folder, { TF_LOG: "debug" });
  execFileSync(engine.path, ["init"], { cwd: folder, env });
  // endregion
}
