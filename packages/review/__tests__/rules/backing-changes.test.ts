/** Objects that get another backing: with a move nothing happens to people, and without one everything does. */
import { integrationAddress } from "../../../configuration";
import type { Backing } from "../../../domain";
import { CANARY, entry, planText, typeOf, type Integration, type Step, type Thing, type Webhook } from "../backing-plans";
import { readPlan } from "../../plan/read-plan";
import { review, type ReviewInput } from "../../review-plans";
import { readRemovalChanges } from "../../rules/removal-changes";
import { removalsOver } from "../../rules/removals";

const INTEGRATION: Integration = { kind: "integration", name: "Payments", space: "platform" };
const WEBHOOK: Webhook = { kind: "webhook", product: "datacenter", repository: "api" };
const SPACE: Thing = { kind: "space", name: "Payments", parent: "platform" };
const ALL: readonly Thing[] = [SPACE, INTEGRATION, WEBHOOK];
const OTHER: Readonly<Record<Backing, Backing>> = { bitlift: "published", published: "bitlift" };

const modelOf = (document: object) => readPlan(planText(document), { part: "main", source: "plan.json" });
const findingsOf = (document: object, input: Partial<ReviewInput> = {}) => review({ plans: [modelOf(document)], ...input }).findings;
const step = (before: Thing | null, after: Thing | null, actions: readonly string[], more?: object): Step => ({
  name: "payments",
  before,
  after,
  actions,
  ...(more && { more }),
});

/** Somebody changed `backing`, and nothing else. */
const switched = (from: Backing, things: readonly Thing[] = ALL) => ({
  resource_changes: things.flatMap((thing) => [
    entry(from, step(thing, null, ["delete"])),
    entry(OTHER[from], step(null, thing, ["create"])),
  ]),
});

const CONSUMER = {
  kind: "stack",
  id: "api",
  name: "API",
  product: "datacenter",
  integrationId: "payments",
  spaceId: "platform",
  namespace: "PLAT",
  repository: "api",
} as const;
const account = { consumers: { consumers: [CONSUMER], caveat: undefined } };

describe.each<[Backing, string, string, RegExp]>([
  [
    "bitlift",
    "the published providers",
    "its removed and import blocks",
    /^Until the old webhooks are deleted, Bitbucket delivers each event twice\.$/,
  ],
  [
    "published",
    "Bitlift's own provider",
    "its moved blocks",
    /adopts a webhook that exists, and the published provider may then delete it/,
  ],
])("from %s", (from, makers, blocks, deliveries) => {
  it("without a move: one danger that says what to run first", () => {
    const [first] = findingsOf(switched(from), { account });
    expect(first).toMatchObject({
      code: "backing-changed",
      severity: "danger",
      acceptable: true,
      subject: { key: "main", kind: "part" },
      what: `The backing of part main changes without a move: 3 objects are deleted and made again by ${makers}, and 1 stack loses its source.`,
      affected: { consumers: [{ name: "API" }], repositories: ["PLAT/api"] },
    });
    expect(first?.todo).toContain(`bitlift export <folder> --backing ${OTHER[from]}, and apply what it writes: ${blocks}`);
    expect(first?.details).toEqual([
      "An integration that is made again has another webhook secret, and nothing is attached to it.",
      "Spacelift accepts a name only once, so the apply may stop after a part of the changes.",
      expect.stringMatching(deliveries),
      ...ALL.map((thing) => {
        const label = thing.kind === "webhook" ? "PLAT/api" : "Payments";
        return `${typeOf(from, thing)}.payments (${label}) becomes ${typeOf(OTHER[from], thing)}.payments.`;
      }),
    ]);
  });

  it("with a move between the types: nothing happens", () => {
    const changes = ALL.map((thing) =>
      entry(OTHER[from], step(thing, thing, ["no-op"], { previous_address: `${typeOf(from, thing)}.payments` })),
    );
    const found = review({ plans: [modelOf({ resource_changes: changes })] });
    expect(found.counts).toMatchObject({ create: 0, delete: 0, replace: 0, move: 3 });
    expect(found.findings.map(({ code }) => code).filter((code) => code !== "secrets-in-state")).toEqual(["objects-moved"]);
  });

  it("with blocks that forget and import: imported and forgotten, and no removal", () => {
    const changes = ALL.flatMap((thing) => [
      entry(from, step(thing, null, ["forget"])),
      withImport(entry(OTHER[from], step(thing, thing, ["no-op"]))),
    ]);
    const document = { resource_changes: changes };
    const found = review({ plans: [modelOf(document)], mostRemovals: 0 });
    expect(found.counts).toMatchObject({ create: 0, delete: 0, replace: 0, forget: 3, import: 3 });
    const about = found.findings.filter(({ code }) => code !== "secrets-in-state");
    expect(about.map(({ code, details }) => [code, details.length])).toEqual([["objects-moved", 3]]);
    expect(about[0]?.details[0]).toBe(`${typeOf(from, SPACE)}.payments becomes ${typeOf(OTHER[from], SPACE)}.payments.`);
    expect(removalsOver(0, [{ changes: readRemovalChanges(document), stateCounts: new Map() }])).toEqual([]);
  });
});

function withImport({ change, ...document }: Readonly<Record<string, unknown>>) {
  return { ...document, change: { ...(change as object), importing: { id: "x" } } };
}

it("objects that are deleted and made again by another provider count as removed", () => {
  const things = ["a", "b", "c", "d", "e"].map((name): Thing => ({ ...SPACE, name }));
  const changes = things.flatMap((thing) => [
    { ...entry("bitlift", step(thing, null, ["delete"])), address: `bitlift_space.${thing.kind === "space" ? thing.name : ""}` },
    entry("published", step(null, thing, ["create"])),
  ]);
  const over = removalsOver(0.25, [
    { changes: readRemovalChanges({ resource_changes: changes }), stateCounts: new Map([["bitlift_space", 5]]) },
  ]);
  expect(over).toMatchObject([{ type: "bitlift_space", removed: 5 }]);
});

it("an integration on Bitbucket Cloud that becomes a data source is deleted too", () => {
  const type = "bitlift_bitbucket_cloud_integration";
  const values = { id: "payments", name: "Payments", space_id: "platform", is_default: false };
  const deleted = { address: `${type}.payments`, mode: "managed", type, change: { actions: ["delete"], before: values, after: null } };
  const source = { mode: "data", type: "spacelift_bitbucket_cloud_integration", values: { ...values, webhook_secret: CANARY } };
  const resources = [{ ...source, address: "data.spacelift_bitbucket_cloud_integration.payments" }];
  const found = findingsOf({ resource_changes: [deleted], prior_state: { values: { root_module: { resources } } } });
  expect(found[0]).toMatchObject({ code: "backing-changed", what: expect.stringContaining("1 object is deleted") as string });
  expect(found[0]?.details).toContain(`${type}.payments (Payments) becomes data.spacelift_bitbucket_cloud_integration.payments.`);
});

it.each<[string, readonly object[]]>([
  [
    "another name",
    [
      entry("bitlift", step(SPACE, null, ["delete"])),
      { ...entry("published", step(null, SPACE, ["create"])), address: "spacelift_space.b" },
    ],
  ],
  ["an old object that stays", [entry("bitlift", step(SPACE, SPACE, ["no-op"])), entry("published", step(null, SPACE, ["create"]))]],
])("%s is not a change of the backing", (_case, changes) => {
  expect(findingsOf({ resource_changes: changes }).map(({ code }) => code)).not.toContain("backing-changed");
});

it.each(["bitlift", "published"] as const)("an object with %s backing that the file no longer has keeps its key", (backing) => {
  const deleted = {
    ...entry(backing, step(INTEGRATION, null, ["delete"])),
    address: integrationAddress("datacenter", "payments", backing),
  };
  const found = findingsOf({ resource_changes: [deleted] }).find(({ code }) => code === "integration-deleted");
  expect(found?.subject.key).toBe("payments");
});

describe("secrets in the state", () => {
  const about = (document: object) => findingsOf(document).filter(({ code }) => code === "secrets-in-state");
  const steps = (changes: readonly Step[]) => ({ resource_changes: changes.map((change) => entry("published", change)) });

  it.each<[string, readonly Step[], string | undefined]>([
    ["an object that exists", [step(WEBHOOK, WEBHOOK, ["no-op"])], "info"],
    ["a new object", [step(null, WEBHOOK, ["create"])], "notice"],
    ["an object that is deleted", [step(WEBHOOK, null, ["delete"])], undefined],
    ["an object that is forgotten", [step(WEBHOOK, null, ["forget"])], undefined],
    ["a Space", [step(SPACE, SPACE, ["no-op"])], undefined],
  ])("%s", (_case, changes, severity) => {
    expect(about(steps(changes))[0]?.severity).toBe(severity);
  });

  it("is one finding for all objects, which names the token too", () => {
    const [found, ...more] = about(steps([step(WEBHOOK, WEBHOOK, ["no-op"]), step(INTEGRATION, INTEGRATION, ["no-op"])]));
    expect(more).toEqual([]);
    expect(found?.what).toMatch(/2 objects with published backing store their secrets there\.$/);
    expect(found?.details).toEqual([
      "bitbucketserver_repository_webhook.payments stores the webhook secret.",
      "spacelift_bitbucket_datacenter_integration.payments stores the webhook secret and the access token, which access_token_wo keeps out of the state.",
    ]);
  });

  it("is never said of Bitlift's own provider", () => {
    expect(about({ resource_changes: ALL.map((thing) => entry("bitlift", step(thing, thing, ["no-op"]))) })).toEqual([]);
  });
});
