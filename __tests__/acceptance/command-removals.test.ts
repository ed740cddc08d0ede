/** The limit on removals with the real engine: same names, waiting parts, saved plans. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CommandProject, integration } from "./command-project";

jest.setTimeout(180_000);

let project: CommandProject;
beforeEach(async () => {
  project = await CommandProject.create();
});
afterEach(() => project.stop());

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
/** Creates them. */
const repositories = async (name: string, count: number) => {
  const slugs = numbers(count).map((index) => `${name}-${index}`);
  const fields = { change: "create", workspace: "acme-workspace" };
  for (const repository of slugs) await project.remote.control("bitbucket-cloud", "repository", { ...fields, repository });
  return slugs;
};
const seeded = async (file: object) => {
  await project.write(file);
  const { code, stderr } = await project.bitlift("apply", "--auto-approve", "--approve-later");
  expect([code, stderr]).toEqual([0, ""]);
};

it("Spaces with one name in several parents are different ones", async () => {
  const removals = { most: "0%" };
  const teams = (spaces?: object) =>
    Object.fromEntries(
      numbers(6).map((index) => [`t${index}`, { name: `Team ${index}`, ...(spaces && { spaces: { [`p${index}`]: spaces } }) }]),
    );
  await seeded({ removals, spaces: teams({ name: "Production" }) });
  await project.write({ removals, spaces: { ...teams(), zz: { name: "Production" } } });
  const { code, stderr } = await project.bitlift("apply", "--auto-approve");
  expect([code, stderr]).toEqual([1, expect.stringContaining("delete 6 of 12 bitlift_space")]);
});

it("webhooks of two integrations in one repository are different ones, and an integration that moves takes its own along", async () => {
  const names = await repositories("repository", 5);
  const file = (first: readonly string[], second: readonly string[], parts: object) => ({
    removals: { most: "0%" },
    parts,
    integrations: { one: integration("One", first), two: integration("Two", second) },
  });
  const parts = (a: readonly string[], b: readonly string[]) => [
    { name: "a", integrations: a },
    { name: "b", integrations: b },
  ];
  await seeded(file(names, [], parts(["one", "two"], [])));
  await project.write(file([], names, parts(["one", "two"], [])));
  const refused = await project.bitlift("apply", "--auto-approve");
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("delete 5 of 5 bitlift_bitbucket_cloud_webhook")]);
  await project.write(file(names, [], parts(["two"], ["one"])));
  expect((await project.bitlift("apply", "--auto-approve")).code).toBe(0);
});

it("counts what an earlier round of the same apply deleted", async () => {
  const [a, b] = [await repositories("a", 5), await repositories("b", 5)];
  const file = (count: number, space: string) => ({
    removals: { most: "0%" },
    parts: "integration",
    spaces: { r1: { name: "R1" }, ...(space === "r1" ? {} : { [space]: { name: "R2" } }) },
    integrations: { ra: integration("RA", a.slice(0, count), space), rb: integration("RB", b.slice(0, count)) },
  });
  await seeded(file(5, "r1"));
  await project.write(file(1, "r2"));
  const { code, stdout, stderr } = await project.bitlift("apply", "--auto-approve", "--approve-later");
  expect([code, [...stdout.matchAll(/^\S+: applied$/gm)].map(([line]) => line)]).toEqual([1, ["spaces: applied", "rb: applied"]]);
  expect(stderr).toContain("Together with the parts that are applied already, the plans delete 8 of 10 bitlift_bitbucket_cloud_webhook.");
});

it("a part without changes counts for saved plans too", async () => {
  const [a, b] = [await repositories("a", 10), await repositories("b", 20)];
  const file = (count: number) => ({
    parts: "integration",
    integrations: { pa: integration("PA", a.slice(0, count)), pb: integration("PB", b) },
  });
  await seeded(file(10));
  await project.write(file(5));
  const planned = await project.bitlift("plan", "--plan-dir", "plans");
  expect([planned.code, planned.stderr]).toEqual([2, ""]);
  const { parts } = JSON.parse(await readFile(join(project.folder, "plans/plans.json"), "utf8")) as { parts: readonly object[] };
  expect(parts).toContainEqual(
    expect.objectContaining({ part: "pb", status: "none", stateCounts: expect.objectContaining({ bitlift_bitbucket_cloud_webhook: 20 }) }),
  );
  const reviewed = await project.bitlift("review", "--plan-dir", "plans", "--fail-on", "danger");
  expect(reviewed.stdout).not.toContain("removals-over-limit");
  const applied = await project.bitlift("apply", "--plan-dir", "plans");
  expect([applied.code, applied.stderr]).toEqual([0, ""]);
});
