/** The seed of the emulated Spacelift, and its rows of the coverage page. */
import { isObjectType } from "graphql";
import { SPACELIFT_COVERAGE } from "../../../services/spacelift/coverage";
import { buildSchemaFor } from "../../../services/spacelift/schema";
import { defaultSwitches } from "../../../services/spacelift/switches";
import { createPayments, type RunningSpacelift, SEED, startSpacelift } from "./start-spacelift";

let spacelift: RunningSpacelift;
beforeEach(async () => {
  spacelift = await startSpacelift();
});
afterEach(() => spacelift.stop());

const key = { id: "ROOT", secret: "root-secret", admin: true };
const stack = { id: "s", name: "S", provider: "BITBUCKET_CLOUD", namespace: "w", repository: "r" };
const integration = { provider: "BITBUCKET_DATACENTER", name: "The server" };
const seed = (account: object): unknown => ({ accounts: [{ name: "acme", keys: [key], ...account }] });

it("replaces the state, and a reset returns to the latest seed", async () => {
  await createPayments(spacelift);
  await spacelift.post("seed", seed({ spaces: [{ id: "only", name: "Only" }] }));
  const spaces = async (): Promise<string[]> => (await spacelift.request("{spaces{id}}")).data.spaces.map(({ id }: { id: string }) => id);
  expect(await spaces()).toEqual(["root", "only"]);
  await spacelift.request('mutation{spaceDelete(space:"only"){id}}');
  await spacelift.post("reset", {});
  expect(await spaces()).toEqual(["root", "only"]);
  expect((await spacelift.request("{vcsIntegrations{id}}")).data.vcsIntegrations).toEqual([]);
});

it("contains integrations, and stacks and modules that use them", async () => {
  await spacelift.post(
    "seed",
    seed({
      ulid: "01HZZZZZZZZZZZZZZZZZZZZZZZ",
      spaces: [{ id: "team", name: "Team" }],
      integrations: [
        { provider: "BITBUCKET_CLOUD", name: "Main", isDefault: true, email: "a@b.example", credential: "t", webhookSecret: "known" },
        { provider: "BITBUCKET_CLOUD", name: "Team's", space: "team", labels: ["x"] },
      ],
      stacks: [stack, { ...stack, id: "t", space: "team", vcsIntegrationId: "team-s" }],
      modules: [{ ...stack, id: "terraform-aws-m", name: "m", terraformProvider: "aws", vcsIntegrationId: "main" }],
    }),
  );
  const { data } = await spacelift.request(
    '{bitbucketCloudIntegration(id:"main"){email webhookSecret webhookUrl} stacks{id vcsIntegration{id}} modules{id terraformProvider vcsIntegration{id}}}',
  );
  expect(data.bitbucketCloudIntegration).toEqual({
    email: "a@b.example",
    webhookSecret: "known",
    webhookUrl: `${spacelift.origin}/bitbucket-cloud/01HZZZZZZZZZZZZZZZZZZZZZZZ/integration/main`,
  });
  expect(data.stacks).toEqual([
    { id: "s", vcsIntegration: { id: "main" } },
    { id: "t", vcsIntegration: { id: "team-s" } },
  ]);
  expect(data.modules).toEqual([{ id: "terraform-aws-m", terraformProvider: "aws", vcsIntegration: { id: "main" } }]);
});

it("allows the same id, and a default integration, for each provider", async () => {
  const both = (["BITBUCKET_CLOUD", "BITBUCKET_DATACENTER"] as const).map((provider) => ({ provider, name: "Main", isDefault: true }));
  await spacelift.post("seed", seed({ integrations: both }));
  expect((await spacelift.request("{vcsIntegrations{id isDefault}}")).data.vcsIntegrations).toEqual([
    { id: "main", isDefault: true },
    { id: "main", isDefault: true },
  ]);
});

it("leaves a stack detached if its integration does not exist", async () => {
  await spacelift.post(
    "seed",
    seed({
      stacks: [
        { ...stack, vcsIntegrationId: "payments" },
        { ...stack, id: "t" },
      ],
    }),
  );
  const { data } = await spacelift.request("{stacks{vcsDetached vcsIntegration{id}}}");
  expect(data.stacks).toEqual([
    { vcsDetached: true, vcsIntegration: null },
    { vcsDetached: true, vcsIntegration: null },
  ]);
});

it.each([
  ["no accounts", {}, /\$ needs "accounts"/],
  ["an unknown field", seed({ stack: [] }), /\$\.accounts\[0\] has an unknown field "stack"/],
  [
    "a wrong role",
    seed({ keys: [{ id: "a", secret: "b", roles: { root: "owner" } }] }),
    /\$\.accounts\[0\]\.keys\[0\]\.roles\.root must be one of/,
  ],
  [
    "an account twice",
    {
      accounts: [
        { name: "acme", keys: [key] },
        { name: "acme", keys: [] },
      ],
    },
    /\.accounts\[1\]\.name is the same as/,
  ],
  ["a key twice", seed({ keys: [key, key] }), /\.keys\[1\]\.id is the same as/],
  [
    "a Space twice",
    seed({
      spaces: [
        { id: "a", name: "A" },
        { id: "a", name: "B" },
      ],
    }),
    /\.spaces\[1\]\.id is the same as/,
  ],
  [
    "an unknown parent",
    seed({ spaces: [{ id: "a", name: "A", parentSpace: "b" }] }),
    /\.spaces\[0\]\.parentSpace must be a Space of this account\. Got "b"/,
  ],
  [
    "Spaces below themselves",
    seed({
      spaces: [
        { id: "a", name: "A", parentSpace: "b" },
        { id: "b", name: "B", parentSpace: "a" },
        { id: "c", name: "C", parentSpace: "b" },
      ],
    }),
    /\.spaces\[0\]\.parentSpace puts the Space "a" below itself\n.*\.spaces\[1\]\.parentSpace puts the Space "b" below itself$/,
  ],
  [
    "two agent pools with the same name",
    seed({ agentPools: [{ name: "office" }, { name: "office" }] }),
    /\.agentPools\[1\]\.name is the same as/,
  ],
  [
    "a stack in an unknown Space",
    seed({ stacks: [{ ...stack, space: "b" }] }),
    /\.stacks\[0\]\.space must be a Space of this account\. Got "b"/,
  ],
  ["a stack twice", seed({ stacks: [stack, { ...stack, name: "T" }] }), /\.stacks\[1\]\.id is the same as/],
  ["a module twice", seed({ modules: [stack, { ...stack, name: "T" }] }), /\.modules\[1\]\.id is the same as/],
  [
    "an integration in an unknown Space",
    seed({ integrations: [{ ...integration, space: "b" }] }),
    /\.integrations\[0\]\.space must be a Space of this account\. Got "b"/,
  ],
  [
    "a name without a letter or digit",
    seed({ integrations: [{ ...integration, name: "!" }] }),
    /\.integrations\[0\]\.name needs a letter or a digit/,
  ],
  [
    "two names with the same id",
    seed({ integrations: [integration, { ...integration, name: "the server!" }] }),
    /\.integrations\[1\]\.name is the same as/,
  ],
  [
    "two default integrations of one provider",
    seed({
      integrations: [
        { ...integration, isDefault: true },
        { ...integration, name: "Other", isDefault: true },
      ],
    }),
    /\.integrations\[1\]\.isDefault is the same as/,
  ],
  [
    "a default integration outside root",
    seed({ spaces: [{ id: "a", name: "A" }], integrations: [{ ...integration, isDefault: true, space: "a" }] }),
    /\.integrations\[0\]\.space of a default integration must be "root"/,
  ],
  [
    "a stack without access to its integration",
    seed({
      spaces: [{ id: "team", name: "Team" }],
      integrations: [{ provider: "BITBUCKET_CLOUD", name: "P", space: "team" }],
      stacks: [{ ...stack, vcsIntegrationId: "p" }],
    }),
    /The Space "root" of "s" in the seed has no access to the integration "p"/,
  ],
])("rejects %s and keeps the state", async (_, data, message) => {
  await expect(spacelift.post("seed", data)).rejects.toThrow(message);
  expect((await spacelift.request("{spaces{id}}")).data.spaces).toHaveLength(1 + (SEED.accounts[0]?.spaces?.length ?? 0));
});

it("lists exactly the existing operations on the coverage page", () => {
  const schema = buildSchemaFor(defaultSwitches());
  const operations = [schema.getQueryType(), schema.getMutationType()].flatMap((type) => Object.keys(type?.getFields() ?? {}));
  const described = new Set(SPACELIFT_COVERAGE.map(({ operation }) => operation));
  expect(operations.filter((operation) => !described.has(operation))).toEqual([]);
  const parts = ["graphql", "delivery", "slug", "names", "default integration", "roles"];
  expect([...described].filter((operation) => !operations.includes(operation)).sort()).toEqual(parts.sort());
});

it("lists only existing fields on the coverage page", () => {
  const schema = buildSchemaFor(defaultSwitches());
  const unknown = SPACELIFT_COVERAGE.filter(({ operation, field }) => {
    if (field === undefined || field.startsWith("input")) return false;
    const found = schema.getQueryType()?.getFields()[operation] ?? schema.getMutationType()?.getFields()[operation];
    const type = found === undefined ? undefined : schema.getType(String(found.type).replace(/[![\]]/g, ""));
    return !isObjectType(type) || type.getFields()[field] === undefined;
  });
  expect(unknown).toEqual([]);
});
