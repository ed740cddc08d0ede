/** `bitlift apply --plan-dir` of a folder that does not contain a plan of every part: the exit code says that something is not applied. */
import { CommandProject, integration } from "./command-project";

jest.setTimeout(180_000);

let project: CommandProject;
beforeEach(async () => {
  project = await CommandProject.create();
  await project.write(FILE);
});
afterEach(() => project.stop());

const FILE = {
  parts: "integration",
  integrations: { one: integration("One", ["infrastructure"]), two: integration("Two", ["networking"]) },
};
// Managed elsewhere, so that no part creates it.
const FAILING = {
  ...FILE,
  spaces: { legacy: { existing: { name: "Nowhere" } } },
  integrations: { ...FILE.integrations, two: integration("Two", ["networking"], "legacy") },
};

const apply = async (...options: readonly string[]) => {
  const { code, stdout, stderr } = await project.bitlift("apply", "--plan-dir", "plans", ...options);
  return { code, applied: [...stdout.matchAll(/^(\S+): applied:/gm)].map(([, part]) => part), stderr };
};

it("a part whose plan failed: nothing is applied, unless --part leaves it out", async () => {
  await project.write(FAILING);
  expect((await project.bitlift("plan", "--plan-dir", "plans")).code).toBe(1);
  const refused = await apply();
  expect(refused).toMatchObject({ code: 1, applied: [] });
  expect(refused.stderr).toContain("The plan of part two failed when ");
  expect(refused.stderr).toContain("(plans-unusable)");
  const reviewed = await project.bitlift("review", "--plan-dir", "plans");
  expect([reviewed.code, reviewed.stdout]).toEqual([1, expect.stringContaining("two")]);
  expect(await apply("--part", "one")).toEqual({ code: 0, applied: ["one"], stderr: "" });
});

it("a part that was not planned: the others are applied, and the exit code is 2", async () => {
  await project.bitlift("plan", "--part", "one", "--plan-dir", "plans");
  const note = "Not planned: two. The folder has no plan of it: plan without --part, or give apply the same --part as plan.\n";
  expect(await apply("--part", "two")).toEqual({ code: 2, applied: [], stderr: note });
  expect(await apply()).toEqual({ code: 2, applied: ["one"], stderr: note });
});

it("the same --part as the plan: everything is applied", async () => {
  await project.bitlift("plan", "--part", "one", "--plan-dir", "plans");
  expect(await apply("--part", "one")).toEqual({ code: 0, applied: ["one"], stderr: "" });
});
