/** The published package without the plugin: `lib/`, `stacks/`, the command, and the packages that they import, compiled into `dist/`, once for each host framework. */
import { execFile } from "node:child_process";
import { chmod, cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { buildForSecondHost } from "./second-host";

/** Plain JavaScript, which the compiler does not copy: it must run on Node.js versions that cannot parse the rest. */
const COPIED = ["packages/cli/bin.js", "packages/engine/require-node.js"];
const EXECUTABLE = "packages/cli/bin.js";

/**
 * Compiles into `dist` below `root`. The layout of the sources stays, so that relative imports between packages stay valid.
 * @throws Error with the compiler's errors in `stdout`
 */
export async function buildLibrary(root: string): Promise<void> {
  const dist = join(root, "dist");
  await Promise.all(["lib", "stacks", "packages"].map((folder) => rm(join(dist, folder), { recursive: true, force: true })));
  await promisify(execFile)(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", join(root, "tsconfig.build.json")], {
    cwd: root,
  });
  await Promise.all(COPIED.map((file) => cp(join(root, file), join(dist, file))));
  await buildForSecondHost(dist);
  await chmod(join(dist, EXECUTABLE), 0o755);
}
