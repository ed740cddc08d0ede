/** `bitlift plan` and `bitlift apply` with mistakes outside the file: a folder that is not initialized, deleted plans, partial failures. */
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { CommandProject, integration } from "./command-project";

jest.setTimeout(120_000);

let project: CommandProject;
beforeEach(async () => {
  project = await CommandProject.create();
});
afterEach(() => project.stop());

const FILE = { spaces: { payments: { name: "Payments" } } };
const messagesOf = (stdout: string) =>
  stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);

it("init runs again if the plugins that it placed are gone", async () => {
  await project.write(FILE);
  expect((await project.bitlift("plan")).code).toBe(2);
  await rm(join(project.folder, "cdktf.out/stacks/main/.terraform/providers"), { recursive: true });
  expect(await project.bitlift("plan")).toMatchObject({ code: 2, stderr: "" });
});

it("a backend that changed is reported with the folder in which the engine copies the state", async () => {
  const backend = (name: string) => ({ state: { backend: { local: { path: join(project.folder, name) } } } });
  await project.write({ ...FILE, ...backend("one.tfstate") });
  expect((await project.bitlift("apply", "--auto-approve")).code).toBe(0);
  await project.write({ ...FILE, ...backend("two.tfstate") });
  const { code, stderr } = await project.bitlift("plan");
  expect(code).toBe(1);
  expect(stderr).toMatch(/\(cd '.*cdktf\.out\/stacks\/main' && \w+ init -migrate-state\)/);
});

it("a saved plan that is gone is named, without codes for color", async () => {
  await project.write(FILE);
  await project.bitlift("plan", "--plan-dir", "plans");
  await rm(join(project.folder, "plans/main.tfplan"));
  const { code, stderr } = await project.bitlift("apply", "--plan-dir", "plans");
  expect([code, stderr]).toEqual([1, expect.stringContaining("The plan of part main is missing")]);
  expect(stderr).toContain("(plans-unusable)");
  expect(stderr).not.toContain("\u001b");
});

describe("an apply that fails in the middle", () => {
  beforeEach(async () => {
    await project.write({ integrations: { everyone: integration("Bitbucket for All", ["networking", "infrastructure"]) } });
    await project.bitlift("plan", "--plan-dir", "plans");
    await project.remote.control("bitbucket-cloud", "faults", { operation: "createRepositoryHook", kind: "status", status: 400 });
  });

  it("says how many of the changes are applied, and how to go on", async () => {
    const { code, stdout, stderr } = await project.bitlift("apply", "--auto-approve");
    expect([code, stdout]).toEqual([1, expect.stringContaining("\nmain: 2 of 3 changes applied\n")]);
    expect(stderr).toContain(
      "\nNot applied completely: main (2 of 3 changes applied). Correct what the messages above name, and run bitlift apply again.\n",
    );
    expect((await project.bitlift("apply", "--auto-approve")).stdout).toContain("main: applied: 1 created\n");
  });

  it("does not advise to apply used plans again", async () => {
    const { stderr } = await project.bitlift("apply", "--plan-dir", "plans");
    expect(stderr).toContain("save new plans with bitlift plan --plan-dir");
    expect(stderr).not.toContain("run bitlift apply again");
  });

  it("counts with --json", async () => {
    const messages = messagesOf((await project.bitlift("apply", "--auto-approve", "--json")).stdout);
    expect(messages.find(({ type }) => type === "not-applied")).toMatchObject({ part: "main", done: 2, counts: { create: 3 } });
  });
});

describe("--json", () => {
  it("prints what is wrong in the file, and the end", async () => {
    await project.write({ wrong: true });
    const { code, stdout } = await project.bitlift("plan", "--json");
    expect(code).toBe(1);
    expect(messagesOf(stdout)).toEqual([
      expect.objectContaining({ type: "finding", severity: "error", message: expect.stringContaining('unknown key "wrong"'), line: 1 }),
      { type: "end", exitCode: 1 },
    ]);
  });

  it.each<[string, readonly string[], number]>([
    ["project-invalid", [], 1],
    ["part-unknown", ["--part", "nope"], 64],
  ])("prints %s, and the exit code of the process", async (expected, args, exitCode) => {
    await project.write(FILE);
    const broken = project.withVariables({ CDKTF_CONTEXT_JSON: "{" });
    const { code, stdout } = await broken.bitlift("plan", "--json", ...args);
    expect(code).toBe(exitCode);
    expect(messagesOf(stdout)).toEqual([expect.objectContaining({ type: "error", code: expected }), { type: "end", exitCode }]);
  });
});

it("a warning of the file is printed once, and no temporary folder remains", async () => {
  await project.write({ ...FILE, defaults: { webhook: { additionalEvents: { cloud: ["repo:pushh"] } } } });
  // The temporary folder of the tests has those of other commands too.
  const own = join(project.folder, "temporary");
  await mkdir(own);
  const { stderr } = await project.withVariables({ TMPDIR: own }).bitlift("plan");
  expect(stderr.split("warning: ")).toHaveLength(2);
  expect((await readdir(own)).filter((name) => name.startsWith("bitlift-"))).toEqual([]);
});
