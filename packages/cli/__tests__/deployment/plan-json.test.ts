/** Plans are read from the engine's JSON, without data sources and without what is sensitive. */
import { jsonIn, readPlan } from "../../deployment/plan-json";

const resource = (change: object, fields: object = {}) => ({
  address: "bitlift_space.a",
  mode: "managed",
  type: "bitlift_space",
  ...fields,
  change: { before: { name: "A" }, after: { name: "A" }, ...change },
});

const read = (...resources: readonly object[]) => readPlan(JSON.stringify({ format_version: "1.2", resource_changes: resources })).changes;

it.each<[readonly string[], string | undefined]>([
  [["no-op"], undefined],
  [["create"], "create"],
  [["update"], "update"],
  [["delete"], "delete"],
  [["forget"], "forget"],
  [["delete", "create"], "replace"],
  [["create", "delete"], "replace"],
  [["create", "forget"], "create"],
])("the actions %j are %s", (actions, action) => {
  expect(read(resource({ actions }))).toEqual([expect.objectContaining({ action })]);
});

it("ignores data sources", () => {
  expect(read(resource({ actions: ["read"] }, { mode: "data" }))).toEqual([]);
});

it("knows moves, imports and objects that an earlier replacement left behind", () => {
  const [moved, imported, deposed] = read(
    resource({ actions: ["no-op"] }, { previous_address: "bitlift_space.b" }),
    resource({ actions: ["no-op"], importing: { id: "x" } }),
    resource({ actions: ["delete"] }, { deposed: "ab12" }),
  );
  expect(moved).toMatchObject({ movedFrom: "bitlift_space.b" });
  expect(imported).toMatchObject({ isImported: true });
  expect(deposed).toMatchObject({ isDeposed: true });
});

it.each<[string, object, string | undefined]>([
  ["a name", { name: "A" }, "A"],
  ["a repository of a workspace, with a published provider", { owner: "acme", repository: "api" }, "acme/api"],
  ["a repository of a workspace", { name: "hook", workspace: "acme", repository: "api" }, "acme/api"],
  ["a repository of a project", { project: "PLAT", repository: "ledger" }, "PLAT/ledger"],
  ["the name of a stack, which has a repository too", { name: "Ledger production", repository: "ledger" }, "Ledger production"],
  ["a repository without a workspace, project or name", { repository: "ledger" }, "ledger"],
  ["nothing", { id: "1" }, undefined],
])("names an object by %s", (_case, before, label) => {
  expect(read(resource({ actions: ["delete"], before, after: null }))[0]?.label).toBe(label);
});

it("does not name an object by a sensitive value", () => {
  const sensitive = resource({ actions: ["delete"], before: { name: "hunter2" }, after: null, before_sensitive: { name: true } });
  expect(read(sensitive)[0]?.label).toBeUndefined();
});

it("lists the attributes that change or are known after apply", () => {
  const change = { actions: ["update"], before: { a: 1, b: 1, c: 1 }, after: { a: 1, b: 2 }, after_unknown: { c: true } };
  expect(read(resource(change))[0]?.changed).toEqual(["b", "c"]);
});

it("counts the objects of the state in all modules, and sees changed outputs", () => {
  const resources = [
    { mode: "managed", type: "bitlift_space" },
    { mode: "data", type: "bitlift_space" },
  ];
  const root_module = { resources, child_modules: [{ resources }] };
  const output_changes = { url: { actions: ["create"] } };
  const { stateCounts, changesOutputs } = readPlan(JSON.stringify({ prior_state: { values: { root_module } }, output_changes }));
  expect([...stateCounts]).toEqual([["bitlift_space", 2]]);
  expect(changesOutputs).toBe(true);
});

it.each([
  ["JSON alone", '{"a":1}\n', '{"a":1}'],
  ["JSON after warnings of the engine", '\nWarning: Unable to open {x}\n\nThe file does not exist.\n{"a":1}\n', '{"a":1}'],
  ["JSON in several lines", 'Warning: x\n{\n  "a": 1\n}\n', '{\n  "a": 1\n}'],
  ["no JSON", "Warning: x\n", undefined],
  ["half of it", '{"a":', undefined],
])("finds the JSON in what the engine prints: %s", (_case, text, json) => {
  expect(jsonIn(text)).toBe(json);
});
