/** Finds the commit that `--base` names. A branch of a pull request may have any name, so a name that could mean two things is refused. */
import { problem } from "../catalog";
import { git, gitText } from "./git";

/** @throws Problem `base-unreadable` */
export async function baseCommit(folder: string, name: string): Promise<string> {
  const run = await git(folder, ["rev-parse", "--is-inside-work-tree"]);
  if (run === undefined) throw unreadable("git is not installed.", "Install git, or review without --base.");
  if (run.code !== 0) {
    const isOwned = run.stderr.includes("dubious ownership");
    throw unreadable(
      isOwned
        ? `git refuses to read the repository, because it belongs to another user (${folder}).`
        : `${folder} is not in a git repository.`,
      isOwned
        ? `Allow it with: git config --global --add safe.directory ${folder}`
        : "Run the command in a clone, or review without --base.",
    );
  }
  if (name.startsWith("-") || name === "")
    throw unreadable(`"${name}" is not the name of a branch or commit.`, "Use a name such as origin/main.");
  const commits = new Map<string, string>();
  for (const ref of await candidates(folder, name)) {
    const commit = await gitText(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`);
    if (commit !== undefined) commits.set(ref, commit);
  }
  const [first] = commits.values();
  if (first === undefined) throw await notFound(folder, name);
  if (new Set(commits.values()).size > 1) {
    const refs = [...commits.keys()];
    throw unreadable(
      `"${name}" is the name of several commits: ${refs.join(", ")}.`,
      `Write the one that is meant completely, such as --base ${refs.find((ref) => ref.startsWith("refs/remotes/")) ?? refs[0] ?? name}.`,
    );
  }
  return first;
}

/**
 * `origin/main` means the branch of the remote only: a pull request whose own branch is called `origin/main` would otherwise be its own base.
 */
async function candidates(folder: string, name: string): Promise<readonly string[]> {
  if (name.startsWith("refs/")) return [name];
  const [remote = ""] = name.split("/");
  const remotes = (await gitText(folder, "remote"))?.split("\n") ?? [];
  if (name.includes("/") && remotes.includes(remote)) return [`refs/remotes/${name}`];
  const named = [`refs/tags/${name}`, `refs/heads/${name}`, `refs/remotes/${name}`];
  const isHash = /^[0-9a-f]{7,64}$/.test(name);
  // What git calculates, such as HEAD~2 or main@{1}.
  const isExpression = /[~^@:]/.test(name) || name === "HEAD";
  return isHash || isExpression ? [...named, name] : named;
}

async function notFound(folder: string, name: string): Promise<Error> {
  const [remote = "origin", ...rest] = name.split("/");
  const branch = rest.length > 0 ? rest.join("/") : name;
  const from = rest.length > 0 ? remote : "origin";
  const isShallow = (await gitText(folder, "rev-parse", "--is-shallow-repository")) === "true";
  const why = isShallow ? `This clone is shallow and does not contain "${name}".` : `The repository does not contain "${name}".`;
  return unreadable(why, `Fetch it first: git fetch ${from} +refs/heads/${branch}:refs/remotes/${from}/${branch}`);
}

export function unreadable(why: string, fix: string): Error {
  return problem("base-unreadable", { why, fix });
}
