/** Reads what git knows about the folder of the project, without executing anything of it. */
import { spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

export interface GitRun {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** @returns undefined if git is not installed */
export function git(folder: string, args: readonly string[], input?: string): Promise<GitRun | undefined> {
  return new Promise((resolve, reject) => {
    // Without a pager, a prompt, or a lock: only reading.
    const env = { ...process.env, GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", GIT_NO_REPLACE_OBJECTS: "1", LC_ALL: "C" };
    const child = spawn("git", [...args], { cwd: folder, env, stdio: ["pipe", "pipe", "pipe"] });
    const stdout: Buffer[] = [];
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    // It ends early if the arguments are wrong.
    child.stdin.on("error", () => undefined);
    child.once("error", (failure: NodeJS.ErrnoException) => {
      if (failure.code === "ENOENT") resolve(undefined);
      else reject(failure);
    });
    child.once("close", (code) => resolve({ code: code ?? 1, stdout: Buffer.concat(stdout), stderr: stderr.trim() }));
    child.stdin.end(input ?? "");
  });
}

/** The output of a command that succeeds, without the line break at its end; undefined if it fails, or without git. */
export async function gitText(folder: string, ...args: readonly string[]): Promise<string | undefined> {
  const run = await git(folder, args);
  return run?.code === 0 ? run.stdout.toString("utf8").trimEnd() : undefined;
}

/** The path from the root of the repository to a folder, such as `infrastructure/`; empty for the root itself, and outside a repository. */
export async function pathInRepository(folder: string): Promise<string> {
  return (await gitText(folder, "rev-parse", "--show-prefix")) ?? "";
}

/**
 * The paths by which a folder can be reached: as somebody went there, through links of the repository, and the real one: a pull request can make a link of the folder of a project, so
 * that its file seems to be new.
 */
export async function pathsInRepository(folder: string): Promise<readonly string[]> {
  const real = await pathInRepository(folder);
  const root = await gitText(folder, "rev-parse", "--show-toplevel");
  const logical = root === undefined ? undefined : prefixBelow(root, logicalPath(folder));
  const linked = root === undefined ? [] : await pathsThroughLinks(root, folder);
  return [...new Set([...(logical === undefined ? [] : [logical]), ...linked, real])];
}

async function pathsThroughLinks(root: string, folder: string): Promise<readonly string[]> {
  const entries = (await gitText(root, "ls-files", "--stage", "-z")) ?? "";
  const links = entries.split("\0").flatMap((entry) => /^120000 [^\t]*\t([^]+)$/.exec(entry)?.[1] ?? []);
  const target = realPath(folder) ?? folder;
  return links.flatMap((link) => {
    const below = relative(realPath(join(root, link)) ?? "/", target);
    if (below.startsWith("..") || realPath(join(root, link)) === undefined) return [];
    return [`${[link, ...below.split(sep)].filter((part) => part !== "").join("/")}/`];
  });
}

/** A shell keeps the path with links in PWD; the working directory of a process has none. */
function logicalPath(folder: string): string {
  const { PWD = "" } = process.env;
  return PWD !== "" && folder === process.cwd() && realPath(PWD) === realPath(folder) ? PWD : folder;
}

/** Undefined if no folder above is the root. */
function prefixBelow(root: string, path: string): string | undefined {
  for (let above = path; ; above = dirname(above)) {
    if (realPath(above) === realPath(root)) return above === path ? "" : `${relative(above, path).split(sep).join("/")}/`;
    if (above === dirname(above)) return undefined;
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
