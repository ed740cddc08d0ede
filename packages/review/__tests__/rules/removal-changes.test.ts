/** What identifies the objects of a plan, from the engine's JSON. */
import { readRemovalChanges } from "../../rules/removal-changes";

const SPACE = "bitlift_space";
const WEBHOOK = "bitlift_bitbucket_datacenter_webhook";
const INTEGRATION = "bitlift_bitbucket_datacenter_integration";

const resource = (type: string, change: object, fields: object = {}) => ({
  address: `${type}.a`,
  mode: "managed",
  type,
  change,
  ...fields,
});
const read = (type: string, change: object, expressions: object = {}) =>
  readRemovalChanges({
    resource_changes: [resource(type, change)],
    configuration: { root_module: { resources: [{ address: `${type}.a`, type, expressions: expressions as Record<string, unknown> }] } },
  })[0];

it.each<[string, string, object, object | undefined]>([
  [
    "a Space: name and parent",
    SPACE,
    { id: "p", name: "Production", parent_space_id: "t1" },
    { id: "p", name: "Production", owner: { type: SPACE, id: "t1" } },
  ],
  ["an integration: the slug of its name", INTEGRATION, { id: "code", name: "Code" }, { id: "code", name: "code", owner: undefined }],
  [
    "a webhook: repository and integration, which is on one server",
    WEBHOOK,
    { project: "PAY", repository: "Api", integration_id: "code" },
    { name: "pay/api", owner: { type: INTEGRATION, id: "code" } },
  ],
  ["a webhook whose integration nobody knows", WEBHOOK, { project: "PAY", repository: "api", integration_id: null }, undefined],
])("identifies %s", (_case, type, before, expected) => {
  const change = read(type, { actions: ["delete"], before, after: null });
  expect(change).toMatchObject({ action: "delete", after: undefined });
  if (expected === undefined) expect(change?.before).toBeUndefined();
  else expect(change?.before).toMatchObject(expected);
});

it("identifies a new object whose owner is known after apply by the address of the owner", () => {
  const change = { actions: ["create"], before: null, after: { name: "Production" }, after_unknown: { id: true, parent_space_id: true } };
  const addresses = [`${SPACE}.t.id`, `${SPACE}.t`];
  expect(read(SPACE, change, { parent_space_id: { references: addresses } })?.after).toMatchObject({ owner: { type: SPACE, addresses } });
  expect(read(SPACE, change)?.after).toBeUndefined();
});

it("does not identify an object by a sensitive value", () => {
  const before = { id: "code", name: "Code" };
  expect(read(INTEGRATION, { actions: ["delete"], before, after: null, before_sensitive: { name: true } })?.before).toBeUndefined();
});

it.each<[string, object, object]>([
  ["unchanged", { actions: ["no-op"] }, {}],
  ["updated", { actions: ["update"] }, {}],
  ["removed from the state without being deleted", { actions: ["forget"] }, {}],
  ["data sources", { actions: ["delete"] }, { mode: "data" }],
  ["left behind by an earlier replacement", { actions: ["delete"] }, { deposed: "ab12" }],
])("leaves out objects that are %s", (_case, change, fields) => {
  for (const type of [SPACE, "x_y"]) expect(readRemovalChanges({ resource_changes: [resource(type, change, fields)] })).toEqual([]);
});

it("counts resources of other providers", () => {
  expect(readRemovalChanges({ resource_changes: [resource("x_y", { actions: ["delete"], before: { name: "a" } })] })).toEqual([
    { address: "x_y.a", type: "x_y", action: "delete", before: undefined, after: undefined },
  ]);
});
