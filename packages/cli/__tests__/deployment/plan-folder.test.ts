/** The list of saved plans: what may be in it, and which files its names may stand for. */
import { mkdirSync, mkdtempSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { version } from "../../../../package.json";
import { PlanFolder } from "../../deployment/plan-folder";

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "plan-folder-"));
  folder = join(root, "plans");
  mkdirSync(folder);
});
afterEach(() => rmSync(root, { recursive: true }));

const list = (parts: unknown) => ({ format: 1, bitlift: version, parts });

it.each<[string, unknown]>([
  ["null", null],
  ["a number", 1],
  ["no format", {}],
  ["another version", { format: 1, bitlift: "0.0.1", parts: [] }],
  ["parts that are not a list", list({})],
  ["a part that is null", list([null])],
  ["a part without a name", list([{ status: "changes" }])],
  ["a part whose name is a path", list([{ part: "../../victim", status: "changes" }])],
  ["waitsFor that is not a list", list([{ part: "a", status: "waits", waitsFor: "b" }])],
])("%s in the list makes the plans unusable", async (_case, content) => {
  writeFileSync(join(folder, "plans.json"), JSON.stringify(content));
  await expect(PlanFolder.existing(folder).read()).rejects.toMatchObject({ diagnostic: { code: "plans-unusable" } });
});

it("new plans replace those of the list, and nothing outside the folder", async () => {
  const write = (name: string) => writeFileSync(join(folder, name), "");
  ["a.tfplan", "a.log.jsonl", "../victim.tfplan"].forEach(write);
  writeFileSync(join(folder, "plans.json"), JSON.stringify(list([{ part: "a", status: "changes" }])));
  await PlanFolder.create(folder);
  expect(["a.tfplan", "a.log.jsonl", "plans.json"].filter((name) => existsSync(join(folder, name)))).toEqual([]);
  writeFileSync(join(folder, "plans.json"), JSON.stringify(list([{ part: "../victim", status: "changes" }])));
  await PlanFolder.create(folder);
  expect(existsSync(join(root, "victim.tfplan"))).toBe(true);
});
