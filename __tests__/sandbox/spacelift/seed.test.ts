/** The seed of the emulated Spacelift, and what the coverage page says about it. */
import { isObjectType } from "graphql";
import { SPACELIFT_COVERAGE } from "../../../sandbox/spacelift/coverage";
import { schemaFor } from "../../../sandbox/spacelift/schema";
import { defaultSwitches } from "../../../sandbox/spacelift/switches";
import { createPayments, play, type Play, SEED } from "./play";

let spacelift: Play;
beforeEach(async () => {
  spacelift = await play();
});
afterEach(() => spacelift.stop());

const key = { id: "ROOT", secret: "root-secret", admin: true };
const stack = { id: "s", name: "S", provider: "BITBUCKET_CLOUD", namespace: "w", repository: "r" };
const seed = (account: object): unknown => ({ accounts: [{ name: "acme", keys: [key], ...account }] });

it("replaces the state, and a reset goes back to the last seed", async () => {
  await createPayments(spacelift);
  await spacelift.post("seed", seed({ spaces: [{ id: "only", name: "Only" }] }));
  const spaces = async (): Promise<string[]> => (await spacelift.ask("{spaces{id}}")).data.spaces.map((one: { id: string }) => one.id);
  expect(await spaces()).toEqual(["root", "only"]);
  await spacelift.ask('mutation{spaceDelete(space:"only"){id}}');
  await spacelift.post("reset", {});
  expect(await spaces()).toEqual(["root", "only"]);
  expect((await spacelift.ask("{vcsIntegrations{id}}")).data.vcsIntegrations).toEqual([]);
});

it("has integrations, and stacks and modules that use them", async () => {
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
  const { data } = await spacelift.ask(
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

it("leaves a stack detached whose integration does not exist", async () => {
  await spacelift.post(
    "seed",
    seed({
      stacks: [
        { ...stack, vcsIntegrationId: "payments" },
        { ...stack, id: "t" },
      ],
    }),
  );
  const { data } = await spacelift.ask("{stacks{vcsDetached vcsIntegration{id}}}");
  expect(data.stacks).toEqual([
    { vcsDetached: true, vcsIntegration: null },
    { vcsDetached: true, vcsIntegration: null },
  ]);
});

it.each([
  ["no accounts", {}, /at "": must have required property 'accounts'/],
  ["an unknown field", seed({ stack: [] }), /at "\/accounts\/0": must NOT have additional properties/],
  ["a wrong role", seed({ keys: [{ id: "a", secret: "b", roles: { root: "owner" } }] }), /at "\/accounts\/0\/keys\/0\/roles\/root"/],
  ["an unknown parent", seed({ spaces: [{ id: "a", name: "A", parentSpace: "b" }] }), /Space "a" into Space "b", which it does not have/],
  ["two agent pools of one name", seed({ agentPools: [{ name: "office" }, { name: "office" }] }), /agent pool "office" twice/],
  ["a stack in an unknown Space", seed({ stacks: [{ ...stack, space: "b" }] }), /"s" into Space "b"/],
  [
    "a stack that cannot use its integration",
    seed({
      spaces: [{ id: "team", name: "Team" }],
      integrations: [{ provider: "BITBUCKET_CLOUD", name: "P", space: "team" }],
      stacks: [{ ...stack, vcsIntegrationId: "p" }],
    }),
    /"s" in Space "root" the integration "p", which that Space cannot use/,
  ],
])("refuses %s and keeps the state", async (_, data, message) => {
  await expect(spacelift.post("seed", data)).rejects.toThrow(message);
  expect((await spacelift.ask("{spaces{id}}")).data.spaces).toHaveLength(1 + (SEED.accounts[0]?.spaces?.length ?? 0));
});

it("describes every operation on the coverage page, and none that it does not have", () => {
  const schema = schemaFor(defaultSwitches());
  const operations = [schema.getQueryType(), schema.getMutationType()].flatMap((type) => Object.keys(type?.getFields() ?? {}));
  const described = new Set(SPACELIFT_COVERAGE.map(({ operation }) => operation));
  expect(operations.filter((operation) => !described.has(operation))).toEqual([]);
  const parts = ["graphql", "delivery", "slug", "names", "default integration", "roles"];
  expect([...described].filter((operation) => !operations.includes(operation)).sort()).toEqual(parts.sort());
});

it("has only fields on the coverage page that the schema knows", () => {
  const schema = schemaFor(defaultSwitches());
  const unknown = SPACELIFT_COVERAGE.filter(({ operation, field }) => {
    if (field === undefined || field.startsWith("input")) return false;
    const found = schema.getQueryType()?.getFields()[operation] ?? schema.getMutationType()?.getFields()[operation];
    const type = found === undefined ? undefined : schema.getType(String(found.type).replace(/[![\]]/g, ""));
    return !isObjectType(type) || type.getFields()[field] === undefined;
  });
  expect(unknown).toEqual([]);
});
