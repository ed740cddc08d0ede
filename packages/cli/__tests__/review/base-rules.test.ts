/** The rules of the base, read from git while the working tree tries to change them. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { baseRules, isPlanPath } from "../../review/base-rules";

const ACCEPTED = { finding: "integration-deleted:payments", note: "agreed" };

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "bitlift-git-"));
  git("init", "--quiet", "--initial-branch=main");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function git(...args: readonly string[]): string {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@acme.example", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...identity, ...args], { cwd: root, encoding: "utf8", stdio: "pipe" });
}

function write(path: string, content: string | object): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
}

function commit(): void {
  git("add", "--all");
  git("commit", "--quiet", "--message", "change");
}

const file = (changes: object = {}) => ({ version: 1, removals: { most: "10%" }, accept: [ACCEPTED], ...changes });

it("reads the file of the base, and not that of the change", async () => {
  write("bitlift.yaml", file({ accept: [] }));
  commit();
  git("checkout", "--quiet", "-b", "change");
  write("bitlift.yaml", file({ removals: { most: "100%" } }));
  commit();
  write("bitlift.yaml", file({ removals: { most: "99%" } }));
  expect(await baseRules(root, "main")).toMatchObject({ accept: [], mostRemovals: 0.1 });
});

it.each<[string, () => void]>([
  [
    "moves the file",
    () => {
      write("cdktf.json", { app: "true", context: { bitlift: "other.yaml" } });
      write("other.yaml", file());
      rmSync(join(root, "bitlift.yaml"));
    },
  ],
  [
    "makes the file a link",
    () => {
      write("other.yaml", file());
      rmSync(join(root, "bitlift.yaml"));
      symlinkSync("other.yaml", join(root, "bitlift.yaml"));
    },
  ],
  ["includes a file with acceptances", () => write("teams/a.yaml", { accept: [ACCEPTED] })],
  ["changes how git writes the file", () => write(".gitattributes", "bitlift.yaml working-tree-encoding=UTF-16LE\n")],
  ["names a file like the base", () => write("main", file())],
])("a change that %s changes nothing", async (_case, attempt) => {
  write("bitlift.yaml", file({ accept: [], include: ["teams/*.yaml"] }));
  write("teams/a.yaml", { integrations: {} });
  commit();
  git("checkout", "--quiet", "-b", "change");
  attempt();
  commit();
  expect(await baseRules(root, "main")).toMatchObject({ accept: [], mostRemovals: 0.1 });
});

it("a branch that is called like the branch of the remote is not the base", async () => {
  write("bitlift.yaml", file({ accept: [] }));
  commit();
  git("remote", "add", "origin", root);
  git("update-ref", "refs/remotes/origin/main", "HEAD");
  git("checkout", "--quiet", "-b", "origin/main");
  write("bitlift.yaml", file());
  commit();
  expect(await baseRules(root, "origin/main")).toMatchObject({ accept: [] });
  git("update-ref", "-d", "refs/remotes/origin/main");
  await expect(baseRules(root, "origin/main")).rejects.toThrow('does not contain "origin/main"');
});

it("a name of several commits is refused", async () => {
  write("bitlift.yaml", file({ accept: [] }));
  commit();
  git("tag", "release");
  git("checkout", "--quiet", "-b", "release");
  write("bitlift.yaml", file());
  commit();
  await expect(baseRules(root, "release")).rejects.toThrow("the name of several commits: refs/tags/release, refs/heads/release");
});

it("follows links inside the base, and none out of it", async () => {
  write("config/real.yaml", file());
  symlinkSync("config/real.yaml", join(root, "bitlift.yaml"));
  commit();
  expect(await baseRules(root, "main")).toMatchObject({ mostRemovals: 0.1 });
  rmSync(join(root, "bitlift.yaml"));
  symlinkSync("/etc/hostname", join(root, "bitlift.yaml"));
  commit();
  await expect(baseRules(root, "main")).rejects.toThrow("a link out of the repository");
});

it("reads a project in a folder of the repository", async () => {
  write("infrastructure/cdktf.json", { app: "true", context: { bitlift: "config/bitlift.yaml" } });
  write("infrastructure/config/bitlift.yaml", file());
  commit();
  expect(await baseRules(join(root, "infrastructure"), "main")).toMatchObject({
    mostRemovals: 0.1,
    accept: [{ finding: ACCEPTED.finding, place: { line: 1 } }],
  });
});

it.each<[string, string, () => void]>([
  [
    "makes a link of the folder",
    "infra",
    () => {
      renameSync(join(root, "infra"), join(root, "elsewhere"));
      symlinkSync("elsewhere", join(root, "infra"));
    },
  ],
  [
    "makes a link to the folder of a project with another limit",
    "infra",
    () => {
      rmSync(join(root, "examples"), { recursive: true });
      renameSync(join(root, "infra"), join(root, "examples"));
      symlinkSync("examples", join(root, "infra"));
    },
  ],
  [
    "makes a link to such a folder, seen from that folder",
    "examples",
    () => {
      rmSync(join(root, "examples"), { recursive: true });
      renameSync(join(root, "infra"), join(root, "examples"));
      symlinkSync("examples", join(root, "infra"));
    },
  ],
  ["moves the folder", "infra2", () => renameSync(join(root, "infra"), join(root, "infra2"))],
])("a change that %s keeps the limit", async (_case, folder, attempt) => {
  write("infra/cdktf.json", { app: "true", context: { bitlift: "config/rules.yaml" } });
  write("infra/config/rules.yaml", file({ removals: { most: "0%" } }));
  write("examples/bitlift.yaml", file({ removals: { most: "100%" } }));
  commit();
  git("checkout", "--quiet", "-b", "change");
  attempt();
  commit();
  expect(await baseRules(join(root, folder), "main")).toMatchObject({ mostRemovals: 0 });
});

it("says where the base has a file if the project has none there, and lets no acceptance of it count", async () => {
  write("infra/bitlift.yaml", file());
  write("broken/cdktf.json", "{");
  write("new/README.md", "text");
  commit();
  expect(await baseRules(join(root, "new"), "main")).toEqual({
    accept: [],
    mostRemovals: 0.1,
    caveat: "main has no file of the project in new/, but infra/bitlift.yaml.",
  });
  write("infra/bitlift.yaml", "version: 1\nspace: {}\n");
  commit();
  expect(await baseRules(join(root, "new"), "main")).toMatchObject({ mostRemovals: 0 });
});

it("knows which keys the base has", async () => {
  write("bitlift.yaml", file({ accept: [], spaces: { team: { name: "Team" } } }));
  commit();
  expect(await baseRules(root, "main")).toMatchObject({ keys: { Space: new Set(["team"]), integration: new Set() } });
});

it("a base without the file has the rules of a new project", async () => {
  write("README.md", "text");
  commit();
  expect(await baseRules(root, "main")).toEqual({ accept: [], mostRemovals: 0.25 });
});

it("a base whose file has errors gives no rules", async () => {
  write("bitlift.yaml", "version: 1\nspace: {}\n");
  commit();
  await expect(baseRules(root, "main")).rejects.toThrow("has errors at main");
});

it("says how to fetch what a shallow clone does not have", async () => {
  write("bitlift.yaml", file());
  commit();
  const clone = mkdtempSync(join(tmpdir(), "bitlift-clone-"));
  try {
    execFileSync("git", ["clone", "--quiet", "--depth=1", `file://${root}`, clone], { stdio: "pipe" });
    await expect(baseRules(clone, "origin/release")).rejects.toMatchObject({
      diagnostic: {
        why: 'This clone is shallow and does not contain "origin/release".',
        fix: "Fetch it first: git fetch origin +refs/heads/release:refs/remotes/origin/release",
      },
    });
  } finally {
    rmSync(clone, { recursive: true, force: true });
  }
});

it.each(["--upload-pack=true", ""])("%j is not a name", async (name) => {
  write("bitlift.yaml", file());
  commit();
  await expect(baseRules(root, name)).rejects.toThrow("is not the name of a branch");
});

it.each([
  ["plans/base.json", true],
  ["base.tfplan", true],
  ["origin/main", false],
  ["refs/heads/plan.json", false],
])("%s is a plan: %s", (base, expected) => {
  expect(isPlanPath(base)).toBe(expected);
});
