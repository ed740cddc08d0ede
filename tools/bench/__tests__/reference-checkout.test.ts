/** Checking out and building another commit, in a small repository. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkOut, removeWorktrees, resolveCommit } from "../reference-checkout";

const MODULES = join(__dirname, "../../../node_modules");
const BUILD = `import { mkdirSync, writeFileSync } from "node:fs";
mkdirSync("dist/plugin", { recursive: true });
writeFileSync("dist/plugin/terraform-provider-bitlift", process.argv.slice(2).join() + " at one");`;

/** A repository with two commits, whose build writes an own text as the plugin. */
function newRepository(): { readonly root: string; readonly git: (...args: readonly string[]) => string } {
  const root = mkdtempSync(join(tmpdir(), "repository-"));
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
  const git = (...args: readonly string[]) => execFileSync("git", [...identity, ...args], { cwd: root, encoding: "utf8" });
  git("init", "--quiet");
  mkdirSync(join(root, "tools/build"), { recursive: true });
  writeFileSync(join(root, "package-lock.json"), "{}");
  writeFileSync(join(root, ".gitignore"), "node_modules\ndist\n");
  writeFileSync(join(root, "tools/build/main.ts"), BUILD);
  for (const version of ["one", "two"]) {
    writeFileSync(join(root, "tools/build/main.ts"), BUILD.replace("one", version));
    git("add", "-A");
    git("commit", "--quiet", "--message", version);
  }
  // As in a worktree whose packages are a link.
  execFileSync("ln", ["-s", realpathSync(MODULES), join(root, "node_modules")]);
  return { root, git };
}

it("the plugin of an earlier commit is built beside this checkout, with the same packages", async () => {
  const { root, git } = newRepository();
  const folder = join(mkdtempSync(join(tmpdir(), "worktree-")), "reference");
  const commit = resolveCommit(root, "HEAD~1");
  const checkout = await checkOut(commit, root, folder);
  expect(checkout).toMatchObject({ name: "HEAD~1", root: folder });
  expect(readFileSync(checkout.plugin, "utf8")).toBe("--plugin at one");
  expect(realpathSync(join(folder, "node_modules"))).toBe(realpathSync(MODULES));
  expect(git("status", "--short")).toBe("");
  rmSync(folder, { recursive: true });
  removeWorktrees(root);
  expect(git("worktree", "list").trim().split("\n")).toHaveLength(1);
  expect(existsSync(MODULES)).toBe(true);
});

it("an unknown commit is an error that names it, and an option is not one", () => {
  const { root } = newRepository();
  expect(() => resolveCommit(root, "nothing")).toThrow('git finds no commit "nothing"');
  expect(() => resolveCommit(root, "--all")).toThrow('git finds no commit "--all"');
});
