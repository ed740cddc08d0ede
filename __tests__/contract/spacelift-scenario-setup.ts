/** What the scenarios of Spacelift's provider assume: the callers, the objects at the start, and changes by others before a step. */
import type { SeedAccount, SeedIntegration } from "../../packages/sandbox";
import type { SpaceliftReplay } from "./spacelift-replay";

export const ACCOUNT = "acme";
/** Replaces every redacted value, including the secrets of keys. */
export const SECRET = "a-secret-in-place-of-a-redacted-one";

const CLOUD: SeedIntegration = { provider: "BITBUCKET_CLOUD", name: "payments-cloud", email: "spacelift@acme.example" };
const DEFAULT_CLOUD: SeedIntegration = { provider: "BITBUCKET_CLOUD", name: "default-cloud", isDefault: true, username: "svc" };
const HOSTS = { apiHost: "http://127.0.0.1:7990", userFacingHost: "http://127.0.0.1:7990", username: "svc-spacelift" };
const DC: SeedIntegration = { provider: "BITBUCKET_DATACENTER", name: "Payments DC", ...HOSTS };
const DEFAULT_DC: SeedIntegration = { provider: "BITBUCKET_DATACENTER", name: "default-dc", isDefault: true, ...HOSTS };
const source = { provider: "BITBUCKET_CLOUD", namespace: "acme-workspace", repository: "infra" } as const;
const stack = (id: string) => ({ id, name: id, ...source });
const LABELED = Array.from({ length: 51 }, (_, index) => ({ ...stack(`labelled-${index}`), labels: ["x"] }));
const SPACE = { id: "one-01STUB00000000000000000001", name: "one" };

/** By scenario. All other scenarios start with only two Spaces. */
const SETUPS: Readonly<Record<string, Pick<SeedAccount, "spaces" | "integrations" | "stacks" | "modules">>> = {
  "current space": { stacks: [stack("my-stack")] },
  "data cloud": { integrations: [CLOUD, DEFAULT_CLOUD] },
  "stack bitbucket_cloud": { integrations: [CLOUD, DEFAULT_CLOUD] },
  "stack bitbucket_datacenter": { integrations: [DC, DEFAULT_DC] },
  "stack default integration": { integrations: [DEFAULT_CLOUD] },
  "stack async delete": { stacks: [stack("payments-prod")] },
  "stack integrations null": { stacks: [stack("payments-prod")] },
  "stack + integration in one configuration": { stacks: LABELED },
  "module bitbucket_cloud": { integrations: [CLOUD, DEFAULT_CLOUD] },
  "module bitbucket_datacenter": { integrations: [DC, DEFAULT_DC] },
  "module data": { integrations: [DEFAULT_CLOUD] },
  "mutation faults 4": { integrations: [DC] },
  "dc replace same name": { integrations: [DC] },
  "dc update null": { integrations: [DC] },
  "dc update partial": { integrations: [DC] },
  "module integrations null": { integrations: [DEFAULT_CLOUD] },
  "stack oddities": {
    integrations: [
      { ...DEFAULT_CLOUD, name: "c" },
      { ...DC, name: "d" },
    ],
  },
  "space not readable at once": { spaces: [SPACE] },
  "stack not readable at once": { stacks: [stack("s")] },
  "module create null": { integrations: [{ ...DEFAULT_CLOUD, name: "c" }] },
  "space delete refused": { spaces: [SPACE, { id: "child", name: "child", parentSpace: SPACE.id }] },
};

export function createAccountSeed(scenario: string): SeedAccount {
  const { spaces, ...rest } = SETUPS[scenario] ?? {};
  return {
    name: ACCOUNT,
    keys: [
      { id: "STUBKEY", secret: SECRET, admin: true },
      { id: "READER", secret: SECRET, roles: { root: "reader" } },
    ],
    tokens: [{ id: "run", roles: { root: "reader" }, subject: "my-stack/01RUN" }],
    spaces: [{ id: "team-a", name: "team-a", inheritEntities: true }, ...(spaces ?? [])],
    ...rest,
  };
}

type Change = (replay: SpaceliftReplay) => Promise<unknown>;

const deleteStack =
  (id: string): Change =>
  (replay) =>
    replay.runQuery("mutation($id:ID!){stackDelete(id:$id){id}}", { id });
const deleteModule =
  (id: string): Change =>
  (replay) =>
    replay.runQuery("mutation($id:ID!){moduleDelete(id:$id){id}}", { id });
const deleteSpace =
  (id: string): Change =>
  (replay) =>
    replay.runQuery("mutation($id:ID!){spaceDelete(space:$id){id}}", { id });
const deleteIntegration =
  (product: "Cloud" | "Datacenter", id: string): Change =>
  (replay) =>
    replay.runQuery(`mutation($id:ID!){bitbucket${product}IntegrationDelete(id:$id){id}}`, { id });
const switchTo =
  (name: string, value: string): Change =>
  (replay) =>
    replay.setSwitches({ [name]: value });

/** By exchange: a change by another client just before it. */
export const CHANGES_BEFORE: Readonly<Record<number, Change>> = {
  11: deleteSpace("payments-team-01STUB00000000000000000001"),
  52: switchTo("absent", "not-found"),
  56: switchTo("absent", "null"),
  84: async (replay) => {
    await deleteIntegration("Cloud", "payments-cloud")(replay);
    await deleteIntegration("Cloud", "default-cloud")(replay);
  },
  87: (replay) =>
    replay.runQuery(
      'mutation($host:String!){bitbucketDatacenterIntegrationCreate(apiHost:$host userFacingHost:$host accessToken:"t" customInput:{name:"d" isDefault:true}){id}}',
      { host: HOSTS.apiHost },
    ),
  97: deleteIntegration("Cloud", "payments-cloud"),
  108: deleteIntegration("Datacenter", "payments-dc"),
  113: deleteIntegration("Cloud", "default-cloud"),
  114: deleteStack("custom-slug"),
  129: (replay) => replay.mapLastCursor("1"),
  140: deleteIntegration("Cloud", "default-cloud"),
  146: deleteIntegration("Datacenter", "default-dc"),
  160: (replay) => Promise.resolve(replay.mapIdentifier(SECRET, "a wrong secret")),
  192: switchTo("labels-null", "keeps"),
  231: deleteModule("terraform-aws-vpc"),
  232: deleteIntegration("Cloud", "c"),
  234: deleteModule("terraform-aws-vpc"),
};

export interface ExpectedValue {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** By exchange: the value that the step tests, if keys and types are not enough. */
export const EXPECTED_VALUES: Readonly<Record<number, ExpectedValue>> = {
  17: { path: ["module"], value: null },
  49: { path: ["bitbucketDatacenterIntegration", "isDefault"], value: true },
  80: { path: ["bitbucketCloudIntegration", "isDefault"], value: true },
  89: { path: ["stackCreate", "vcsIntegration"], value: { id: "payments-cloud", isDefault: false } },
  93: { path: ["stackUpdate", "vcsIntegration"], value: { id: "default-cloud", isDefault: true } },
  97: { path: ["stack", "vcsIntegration"], value: null },
  104: { path: ["stackUpdate", "vcsIntegration"], value: { id: "default-dc", isDefault: true } },
  108: { path: ["stack", "vcsIntegration"], value: null },
  111: { path: ["stackCreate", "id"], value: "custom-slug" },
  113: { path: ["stack", "vcsIntegration"], value: null },
  126: { path: ["searchModules", "edges"], value: [] },
  128: { path: ["searchStacks", "pageInfo", "hasNextPage"], value: true },
  129: { path: ["searchStacks", "pageInfo", "hasNextPage"], value: false },
  132: { path: ["stack", "vcsIntegration"], value: null },
  138: { path: ["moduleShare", "0", "to", "space", "id"], value: "root" },
  140: { path: ["module", "vcsIntegration"], value: null },
  146: { path: ["module", "vcsIntegration"], value: null },
  193: { path: ["bitbucketDatacenterIntegrationUpdate", "labels"], value: ["a"] },
  203: { path: ["moduleCreate", "terraformProvider"], value: "aws" },
  218: { path: ["stackUpdate", "vendorConfig", "__typename"], value: "StackConfigVendorOpenTofu" },
  219: { path: ["stackUpdate", "vcsIntegration"], value: { id: "d", isDefault: false } },
  232: { path: ["module", "vcsIntegration"], value: null },
};
