/** Which objects of a state move to the other backing, under which address and import ID, and which cannot. */
import { movesTo, type Backing } from "../../export/moves";
import { storedObjects, type StoredObject } from "../../export/stored-objects";

const SOURCE = "terraform.local/bitlift/bitlift";

function object(address: string, attributes: StoredObject["attributes"], changes: Partial<StoredObject> = {}): StoredObject {
  const [type = "", name = ""] = address.split(".");
  return { address, type, name, isIndexed: false, source: SOURCE, alias: undefined, attributes, ...changes };
}

const CLOUD = { workspace: "acme", owner: "acme", repository: "infra", uuid: "{202cf34e}", title: "Spacelift (a/b)" };
const DATACENTER = { project: "PAY", repository: "ledger", webhook_id: "42", title: "Spacelift (main)", name: "Spacelift (main)" };

it.each<[type: string, twin: string, attributes: StoredObject["attributes"], published: string, own: string]>([
  ["bitlift_space", "spacelift_space", { id: "team-01" }, "team-01", "team-01"],
  [
    "bitlift_bitbucket_datacenter_integration",
    "spacelift_bitbucket_datacenter_integration",
    { id: "ledger", name: "Ledger / 1" },
    "ledger",
    "ledger",
  ],
  ["bitlift_bitbucket_cloud_webhook", "bitbucket_hook", CLOUD, "acme/infra/{202cf34e}", "acme/infra/{202cf34e}"],
  [
    "bitlift_bitbucket_datacenter_webhook",
    "bitbucketserver_repository_webhook",
    DATACENTER,
    "PAY/ledger/Spacelift (main)",
    "PAY/ledger/42",
  ],
  [
    "bitlift_bitbucket_datacenter_webhook",
    "bitbucketserver_repository_webhook",
    { ...DATACENTER, project: "~jane", title: 'quote "100%{x}"' },
    '~jane/ledger/quote "100%{x}"',
    "~jane/ledger/42",
  ],
])("%s and %s have the same name, and import IDs of their own", (type, twin, attributes, published, own) => {
  const out = movesTo("published", [object(`${type}.main`, attributes)], { resource: { [twin]: { main: {} } } });
  expect(out).toMatchObject({ moves: [{ to: `${twin}.main`, id: published }], forgotten: [], obstacles: [], triggers: [] });
  const back = movesTo("bitlift", [object(`${twin}.main`, attributes)], { resource: { [type]: { main: {} } } });
  expect(back).toMatchObject({ moves: [{ to: `${type}.main`, id: own }], forgotten: [], obstacles: [], triggers: [] });
});

const SPACES = { resource: { spacelift_space: { team: {} } } };
const WEBHOOKS = { resource: { bitbucketserver_repository_webhook: { a: {}, b: {} } } };
const webhook = (name: string, title: string) => object(`bitlift_bitbucket_datacenter_webhook.${name}`, { ...DATACENTER, title });

it.each<[what: string, objects: readonly StoredObject[], configuration: object, obstacle: RegExp]>([
  ["an object that is no longer declared", [object("bitlift_space.gone", { id: "gone" })], SPACES, /no longer declares it/],
  [
    "an integration whose name changes at the same time",
    [object("bitlift_bitbucket_datacenter_integration.main", { id: "ledger", name: "Ledger", is_default: "false" })],
    { resource: { spacelift_bitbucket_datacenter_integration: { main: { name: "Payments", is_default: false } } } },
    /another name than the state: Payments instead of Ledger/,
  ],
  [
    "an integration whose default flag changes at the same time",
    [object("bitlift_bitbucket_datacenter_integration.main", { id: "ledger", name: "Ledger", is_default: "false" })],
    { resource: { spacelift_bitbucket_datacenter_integration: { main: { name: "Ledger", is_default: true } } } },
    /another default flag than the state: true instead of false/,
  ],
  ["one of a set", [object("bitlift_space.team", { id: "team" }, { isIndexed: true })], SPACES, /several instances/],
  ["an object without an ID", [object("bitlift_space.team", {})], SPACES, /does not contain what names bitlift_space.team/],
  ["a webhook whose title has a slash", [webhook("a", "Spacelift (a/b)")], WEBHOOKS, /its title contains a slash: "Spacelift \(a\/b\)"/],
  ["a webhook without a title", [webhook("a", "")], WEBHOOKS, /it has no title/],
  ["a second webhook with the same title", [webhook("a", "same"), webhook("b", "same")], WEBHOOKS, /has the same title/],
  [
    "a Cloud integration that is not a data source",
    [object("bitlift_bitbucket_cloud_integration.main", { id: "main" })],
    SPACES,
    /no longer declares it/,
  ],
])("%s cannot be moved", (_what, objects, configuration, obstacle) => {
  const { obstacles } = movesTo("published", objects, configuration);
  expect(obstacles.map(({ why }) => why)).toEqual([expect.stringMatching(obstacle)]);
});

it("an object whose key changes at the same time is not to be removed", () => {
  const { obstacles } = movesTo("published", [object("bitlift_space.former", { id: "team" })], SPACES);
  expect(obstacles[0]?.fix).toMatch(/^If bitlift_space.former has another key now, apply that first/);
});

it.each<[what: string, backing: Backing, stored: StoredObject, configuration: object]>([
  [
    "a Cloud integration that is a data source of the same name",
    "published",
    object("bitlift_bitbucket_cloud_integration.main", { id: "main" }),
    { data: { spacelift_bitbucket_cloud_integration: { main: {} } } },
  ],
  [
    "a Cloud integration that is a data source of the same ID",
    "published",
    object("bitlift_bitbucket_cloud_integration.main", { id: "main" }),
    { data: { spacelift_bitbucket_cloud_integration: { other: { id: "main" } } } },
  ],
  ["the trigger of a replacement", "bitlift", object("null_resource.ledger_BitliftIdentity_0880826F", { id: "1" }), {}],
  ["the trigger of a replacement of the other host", "bitlift", object("terraform_data.BitliftIdentity_0880826F", { id: "1" }), {}],
])("%s is only forgotten", (_what, backing, stored, configuration) => {
  expect(movesTo(backing, [stored], configuration)).toEqual({ moves: [], forgotten: [stored], obstacles: [], triggers: [] });
});

it.each<[what: string, stored: StoredObject, configuration: object]>([
  [
    "an object that is declared under its own type",
    object("bitlift_space.team", { id: "1" }),
    { resource: { bitlift_space: { team: {} } } },
  ],
  ["an object of that backing", object("spacelift_space.team", { id: "1" }), SPACES],
  ["an object of another provider", object("aws_s3_bucket.team", { id: "1" }), {}],
  ["a null_resource that is not a trigger", object("null_resource.mine", { id: "1" }), {}],
])("%s stays", (_what, stored, configuration) => {
  expect(movesTo("published", [stored], configuration)).toEqual({ moves: [], forgotten: [], obstacles: [], triggers: [] });
});

describe("the objects of a state", () => {
  const state = (resource: object) => JSON.stringify({ version: 4, resources: [resource] });
  const INSTANCE = { attributes: { id: "a", webhook_id: 7, access_token: "secret", secret: "secret" } };
  const PROVIDER = `provider["${SOURCE}"]`;

  it("are read without secrets, with the alias of their provider", () => {
    const text = state({ mode: "managed", type: "bitlift_space", name: "a", provider: `${PROVIDER}.corp`, instances: [INSTANCE] });
    expect(storedObjects(text)).toEqual([object("bitlift_space.a", { id: "a", webhook_id: "7" }, { alias: "corp" })]);
    expect(JSON.stringify(storedObjects(text))).not.toContain("secret");
  });

  it.each([
    ["of modules", { mode: "managed", module: "module.a", type: "bitlift_space", name: "a", provider: PROVIDER, instances: [INSTANCE] }],
    ["that are read", { mode: "data", type: "bitlift_space", name: "a", provider: PROVIDER, instances: [INSTANCE] }],
    [
      "that are deposed",
      { mode: "managed", type: "bitlift_space", name: "a", provider: PROVIDER, instances: [{ ...INSTANCE, deposed: "1" }] },
    ],
  ])("leave out those %s", (_which, resource) => expect(storedObjects(state(resource))).toEqual([]));

  it.each([
    ["no JSON", "x"],
    ["null", "null"],
    ["another format", '{"version":3}'],
    ["nothing", ""],
  ])("are undefined for a text that is %s", (_what, text) => expect(storedObjects(text)).toBeUndefined());
});

it("names the triggers that have to exist before an integration moves, unless the state has them", () => {
  const trigger = "null_resource.ledger_BitliftIdentity_0880826F";
  const integration = object("bitlift_bitbucket_datacenter_integration.ledger", { id: "ledger" });
  const resource = {
    spacelift_bitbucket_datacenter_integration: { ledger: {} },
    null_resource: { ledger_BitliftIdentity_0880826F: {}, mine: {} },
  };
  expect(movesTo("published", [integration], { resource }).triggers).toEqual([trigger]);
  expect(movesTo("published", [integration, object(trigger, { id: "1" })], { resource }).triggers).toEqual([]);
});
