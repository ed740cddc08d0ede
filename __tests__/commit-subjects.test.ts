/** The script that checks commit subjects, run in a temporary repository. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SCRIPT = join(__dirname, "../.ci/commit-subjects");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "subjects-"));
  git("init", "--quiet");
  commit("A subject from before the check, which may have any form and any length whatsoever.");
  mkdirSync(join(folder, ".ci"));
  cpSync(SCRIPT, join(folder, ".ci/commit-subjects"));
  chmodSync(join(folder, ".ci/commit-subjects"), 0o755);
  git("add", "-A");
  commit("ci: check commit subjects");
});
afterEach(() => rmSync(folder, { recursive: true }));

function git(...args: readonly string[]): void {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@acme.example", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...identity, ...args], { cwd: folder });
}

function commit(subject: string): void {
  git("commit", "--quiet", "--allow-empty", "-m", subject);
}

function check() {
  const { status, stdout } = spawnSync(join(folder, ".ci/commit-subjects"), { cwd: folder, encoding: "utf8" });
  return { status, lines: stdout.split("\n").filter((line) => line !== "") };
}

it("accepts conventional subjects of up to 72 characters, and every commit older than the script", () => {
  commit("fix(provider): keep the state when a repository is not visible");
  commit("refactor!: packages as npm workspaces");
  expect(check()).toEqual({ status: 0, lines: [] });
});

it.each([
  ["too long", `fix: ${"x".repeat(70)}`, /^Too long \(75 characters, at most 72\)/],
  ["without a type", "Fix the plan", /^Not a conventional subject/],
  ["with a period at the end", "fix: show the plan.", /^Not a conventional subject/],
])("rejects a subject: %s", (_case, subject, message) => {
  commit(subject);
  expect(check()).toEqual({ status: 1, lines: [expect.stringMatching(message)] });
});
