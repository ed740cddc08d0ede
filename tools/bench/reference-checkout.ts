/** Checks out another commit in a temporary git worktree and builds its plugin, for `--compare`. */
import { execFileSync } from "node:child_process";
import { readFile, realpath, symlink } from "node:fs/promises";
import { join } from "node:path";
import { runProgram } from "../harness";
import type { Checkout } from "./benchmark";

const PLUGIN = "dist/plugin/terraform-provider-bitlift";
const LOCK = "package-lock.json";

export interface ReferenceCommit {
  /** As it was given: a branch, a tag, or the start of a hash. */
  readonly ref: string;
  readonly hash: string;
}

/** @throws if git does not find the commit */
export function resolveCommit(root: string, ref: string): ReferenceCommit {
  try {
    const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`];
    return { ref, hash: execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim() };
  } catch {
    throw new Error(`git finds no commit "${ref}" in ${root}. A shallow clone, as CI makes it, has only the newest commit.`);
  }
}

/** Creates a worktree in `folder`, which must not exist, and builds the plugin there. `removeWorktrees` forgets it after the folder is removed. */
export async function checkOut({ ref, hash }: ReferenceCommit, root: string, folder: string): Promise<Checkout> {
  await runOrThrow("git", ["worktree", "add", "--quiet", "--detach", folder, hash], root);
  await provideDependencies(root, folder);
  await runOrThrow(process.execPath, ["--import", "tsx", "tools/build/main.ts", "--plugin"], folder);
  return { name: ref, root: folder, plugin: join(folder, PLUGIN) };
}

/** Makes git forget worktrees whose folder no longer exists. */
export function removeWorktrees(root: string): void {
  execFileSync("git", ["worktree", "prune"], { cwd: root, stdio: "ignore" });
}

/** Links the installed packages if the commit has the same ones, because an installation takes minutes. */
async function provideDependencies(root: string, folder: string): Promise<void> {
  const [ours, theirs] = await Promise.all([root, folder].map((path) => readFile(join(path, LOCK), "utf8")));
  if (ours === theirs) await symlink(await realpath(join(root, "node_modules")), join(folder, "node_modules"));
  else await runOrThrow("npm", ["ci", "--no-audit", "--no-fund"], folder);
}

async function runOrThrow(program: string, args: readonly string[], cwd: string): Promise<void> {
  const { code, output } = await runProgram(program, args, { cwd, env: inheritedEnvironment() });
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with exit code ${code} in ${cwd}:\n${output.slice(-4000)}`);
}

/** Everything, because npm reads its settings from many variables; nothing here is measured. */
function inheritedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
