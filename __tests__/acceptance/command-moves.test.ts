/** Integrations that move from one part to another, each with a state of its own. */
import { CommandProject, integration } from "./command-project";

jest.setTimeout(180_000);

let project: CommandProject;
beforeEach(async () => {
  project = await CommandProject.create();
});
afterEach(() => project.stop());

const integrations = { one: integration("One", ["infrastructure"]), two: integration("Two", ["networking"]) };
const split = (a: readonly string[], b: readonly string[]) => ({
  parts: [
    { name: "a", integrations: a },
    { name: "b", integrations: b },
  ],
  integrations,
});

it.each<[string, object, object, string]>([
  ["a later part", split(["one", "two"], []), split(["one"], ["two"]), "a b"],
  ["an earlier part", split(["one"], ["two"]), split(["one", "two"], []), "b a"],
])("to %s: it is deleted there, and created here, with one apply", async (_case, before, after, expected) => {
  await project.write(before);
  expect((await project.bitlift("apply", "--auto-approve")).code).toBe(0);
  await project.write(after);
  const applied = await project.bitlift("apply", "--auto-approve", "--parallel", "4");
  expect([applied.code, applied.stderr.includes("Error")]).toEqual([0, false]);
  expect([...applied.stdout.matchAll(/^(.): applied$/gm)].map(([, part]) => part).join(" ")).toBe(expected);
  expect((await project.bitlift("plan")).code).toBe(0);
});
