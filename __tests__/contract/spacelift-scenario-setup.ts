/** What the scenarios of Spacelift's provider assume: who asks, what exists at the start, and what happens elsewhere before a step. */
import type { SeedAccount, SeedIntegration } from "../../packages/sandbox";
import type { SpaceliftReplay } from "./spacelift-replay";

export const ACCOUNT = "acme";
/** In place of every redacted value, the secrets of keys included. */
export const SECRET = "a-secret-in-place-of-a-redacted-one";

const CLOUD: SeedIntegration = { provider: "BITBUCKET_CLOUD", name: "payments-cloud", email: "spacelift@acme.example" };
const DEFAULT_CLOUD: SeedIntegration = { provider: "BITBUCKET_CLOUD", name: "default-cloud", isDefault: true, username: "svc" };
const HOSTS = { apiHost: "http://127.0.0.1:7990", userFacingHost: "http://127.0.0.1:7990", username: "svc-spacelift" };
const DC: SeedIntegration = { provider: "BITBUCKET_DATACENTER", name: "Payments DC", ...HOSTS };
const DEFAULT_DC: SeedIntegration = { provider: "BITBUCKET_DATACENTER", name: "default-dc", isDefault: true, ...HOSTS };
const source = { provider: "BITBUCKET_CLOUD", namespace: "acme-workspace", repository: "infra" } as const;
const stack = (id: string) => ({ id, name: id, ...source });
const LABELLED = Array.from({ length: 51 }, (_, index) => ({ ...stack(`labelled-${index}`), labels: ["x"] }));
const ONE = { id: "one-01STUB00000000000000000001", name: "one" };

/** By scenario; those that are not here begin with two Spaces and nothing else. */
const AT_THE_START: Readonly<Record<string, Pick<SeedAccount, "spaces" | "integrations" | "stacks" | "modules">>> = {
  "current space": { stacks: [stack("my-stack")] },
  "data cloud": { integrations: [CLOUD, DEFAULT_CLOUD] },
  "stack bitbucket_cloud": { integrations: [CLOUD, DEFAULT_CLOUD] },
  "stack bitbucket_datacenter": { integrations: [DC, DEFAULT_DC] },
  "stack default integration": { integrations: [DEFAULT_CLOUD] },
  "stack async delete": { stacks: [stack("payments-prod")] },
  "stack integrations null": { stacks: [stack("payments-prod")] },
  "stack + integration in one configuration": { stacks: LABELLED },
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
  "space not readable at once": { spaces: [ONE] },
  "stack not readable at once": { stacks: [stack("s")] },
  "module create null": { integrations: [{ ...DEFAULT_CLOUD, name: "c" }] },
  "space delete refused": { spaces: [ONE, { id: "child", name: "child", parentSpace: ONE.id }] },
};

export function accountAtTheStart(scenario: string): SeedAccount {
  const { spaces, ...rest } = AT_THE_START[scenario] ?? {};
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

type Meanwhile = (replay: SpaceliftReplay) => Promise<unknown>;

const deleteStack =
  (id: string): Meanwhile =>
  (replay) =>
    replay.ask("mutation($id:ID!){stackDelete(id:$id){id}}", { id });
const deleteModule =
  (id: string): Meanwhile =>
  (replay) =>
    replay.ask("mutation($id:ID!){moduleDelete(id:$id){id}}", { id });
const deleteSpace =
  (id: string): Meanwhile =>
  (replay) =>
    replay.ask("mutation($id:ID!){spaceDelete(space:$id){id}}", { id });
const deleteIntegration =
  (product: "Cloud" | "Datacenter", id: string): Meanwhile =>
  (replay) =>
    replay.ask(`mutation($id:ID!){bitbucket${product}IntegrationDelete(id:$id){id}}`, { id });
const switchTo =
  (name: string, value: string): Meanwhile =>
  (replay) =>
    replay.switchTo({ [name]: value });

/** By exchange: what somebody else does just before it. */
export const MEANWHILE: Readonly<Record<number, Meanwhile>> = {
  11: deleteSpace("payments-team-01STUB00000000000000000001"),
  52: switchTo("absent", "not-found"),
  56: switchTo("absent", "null"),
  84: async (replay) => {
    await deleteIntegration("Cloud", "payments-cloud")(replay);
    await deleteIntegration("Cloud", "default-cloud")(replay);
  },
  87: (replay) =>
    replay.ask(
      'mutation($host:String!){bitbucketDatacenterIntegrationCreate(apiHost:$host userFacingHost:$host accessToken:"t" customInput:{name:"d" isDefault:true}){id}}',
      { host: HOSTS.apiHost },
    ),
  97: deleteIntegration("Cloud", "payments-cloud"),
  108: deleteIntegration("Datacenter", "payments-dc"),
  113: deleteIntegration("Cloud", "default-cloud"),
  114: deleteStack("custom-slug"),
  129: (replay) => replay.nameLastCursor("1"),
  140: deleteIntegration("Cloud", "default-cloud"),
  146: deleteIntegration("Datacenter", "default-dc"),
  160: (replay) => Promise.resolve(replay.rename(SECRET, "a wrong secret")),
  192: switchTo("labels-null", "keeps"),
  231: deleteModule("terraform-aws-vpc"),
  232: deleteIntegration("Cloud", "c"),
  234: deleteModule("terraform-aws-vpc"),
};

/** By exchange: what the scenario is about, when keys and types do not tell it. */
export const POINTS: Readonly<Record<number, { readonly path: readonly string[]; readonly value: unknown }>> = {
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
