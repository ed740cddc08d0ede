/** Runs a program against a sandbox. Compiled, and embedded in the README. */
import { startSandbox } from "..";

export async function withSandbox(run: (environment: NodeJS.ProcessEnv) => Promise<void>): Promise<void> {
  // region usage
  const sandbox = await startSandbox({ switches: { "bitbucket-cloud": { "put-absent": "merge" } } });
  try {
    await run({ ...process.env, ...sandbox.environment });
  } finally {
    await sandbox.stop();
  }
  // endregion
}
