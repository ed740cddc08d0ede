/** The review says the same of an object, whichever providers carry it, and claims no protection that the published ones lack. */
import type { Backing } from "../../../domain";
import { entry, planText, REQUIRED, type Integration, type Product, type Space, type Step, type Webhook } from "../backing-plans";
import type { KnownConsumer } from "../../plan/plan-model";
import { readPlan } from "../../plan/read-plan";
import { review, type ReviewInput } from "../../review-plans";
import type { Review } from "../../review";

const SPACE: Space = { kind: "space", name: "Payments", parent: "platform" };
const INTEGRATION: Integration = { kind: "integration", name: "Payments", space: "platform" };
const webhook = (product: Product, more: Partial<Webhook> = {}): Webhook => ({ kind: "webhook", product, repository: "api", ...more });

const step = (before: Step["before"], after: Step["after"], actions: readonly string[], more?: object): Step => ({
  name: "payments",
  before,
  after,
  actions,
  ...(more && { more }),
});
const kept = (thing: Space | Integration | Webhook, name = "kept"): Step => ({ ...step(thing, thing, ["no-op"]), name });
const updated = <T extends Space | Integration | Webhook>(thing: T, changes: Partial<T>) =>
  step(thing, { ...thing, ...changes }, ["update"]);
const byTrigger = { action_reason: "replace_by_triggers" };
const firstByTrigger = (after: Integration) => step(INTEGRATION, after, ["create", "delete"], byTrigger);

interface Case {
  readonly changes: readonly Step[];
  readonly drift?: readonly Step[];
  readonly expected: readonly string[];
}

const DATACENTER_CASES: Readonly<Record<string, Case>> = {
  "an integration is deleted": { changes: [step(INTEGRATION, null, ["delete"])], expected: ["danger integration-deleted"] },
  "an integration is replaced under the same name": {
    changes: [step(INTEGRATION, INTEGRATION, ["delete", "create"], { action_reason: "replace_because_tainted" })],
    expected: ["danger integration-replaced"],
  },
  "an integration is renamed": {
    changes: [firstByTrigger({ ...INTEGRATION, name: "Payments team" })],
    expected: ["danger integration-renamed"],
  },
  "an integration becomes the default": {
    changes: [step(INTEGRATION, { ...INTEGRATION, space: "root", isDefault: true }, ["delete", "create"], byTrigger)],
    expected: ["danger integration-replaced", "warning account-wide-change", "warning default-integration-changed"],
  },
  "the default integration is deleted": {
    changes: [step({ ...INTEGRATION, space: "root", isDefault: true }, null, ["delete"])],
    expected: ["danger default-integration-changed", "danger integration-deleted", "warning account-wide-change"],
  },
  "an integration moves": {
    changes: [updated(INTEGRATION, { space: "elsewhere" })],
    expected: ["danger space-access-lost"],
  },
  "an integration in root gets another login": {
    changes: [updated({ ...INTEGRATION, space: "root" }, { username: "another" })],
    expected: ["notice account-wide-change", "warning credential-changed"],
  },
  "an integration is left behind by an earlier replacement": {
    changes: [step(INTEGRATION, null, ["delete"], { deposed: "ab12" })],
    expected: ["danger integration-deleted"],
  },
};

const casesFor = (product: Product): Readonly<Record<string, Case>> => ({
  "a Space moves": { changes: [updated(SPACE, { parent: "root" })], expected: ["danger space-access-lost"] },
  "a Space stops inheriting": { changes: [updated(SPACE, { inherits: false })], expected: ["danger space-access-lost"] },
  "a webhook is deleted": { changes: [step(webhook(product), null, ["delete"])], expected: ["danger webhook-deleted"] },
  "a webhook gets another integration": {
    changes: [updated(webhook(product), { integration: "billing" })],
    expected: ["danger webhook-deleted"],
  },
  "a webhook gets another repository": {
    changes: [step(webhook(product), webhook(product, { repository: "other" }), ["delete", "create"])],
    expected: ["danger webhook-deleted"],
  },
  "another address takes the webhook": {
    changes: [step(webhook(product), null, ["delete"]), { ...step(null, webhook(product), ["create"]), name: "new" }],
    expected: [],
  },
  "a webhook lacks events": {
    changes: [updated(webhook(product, { events: REQUIRED[product].slice(1) }), { events: REQUIRED[product] })],
    expected: ["warning required-events-missing"],
  },
  "a change by hand is undone": {
    changes: [updated(webhook(product, { title: "By hand" }), { title: "Spacelift" })],
    drift: [updated(webhook(product), { title: "By hand" })],
    expected: ["warning drift-undone"],
  },
  "a webhook that was deleted by hand is made again": {
    changes: [step(null, webhook(product), ["create"])],
    drift: [step(webhook(product), null, ["delete"])],
    expected: ["warning drift-undone"],
  },
  "too much is removed": {
    changes: ["a", "b", "c", "d", "e"].map((name) => ({ ...step({ ...SPACE, name }, null, ["delete"]), name })),
    expected: ["danger removals-over-limit"],
  },
  "an existing webhook is imported": {
    changes: [step(webhook(product), webhook(product), ["no-op"], {})].map(imported),
    expected: ["info objects-imported"],
  },
  "a webhook is forgotten": { changes: [step(webhook(product), null, ["forget"])], expected: ["notice objects-forgotten"] },
  "a webhook gets another address": {
    changes: [step(webhook(product), webhook(product), ["no-op"], { previous_address: "a.b" })],
    expected: ["info objects-moved"],
  },
  ...(product === "cloud" && {
    "a webhook is switched off": { changes: [updated(webhook(product), { active: false })], expected: ["danger webhook-deactivated"] },
    "the certificate check is switched off": {
      changes: [updated(webhook(product), { isUnverified: true })],
      expected: ["warning certificate-check-disabled"],
    },
  }),
  ...(product === "datacenter" && DATACENTER_CASES),
});

function imported(given: Step): Step {
  return { ...given, more: { importing: { id: "x" } } };
}

const STACK: KnownConsumer = {
  kind: "stack",
  id: "api",
  name: "API",
  product: "datacenter",
  integrationId: "payments",
  spaceId: "payments",
  namespace: "PLAT",
  repository: "api",
};
const ACCOUNT_SPACES = [
  { id: "platform", name: "Platform", parentSpaceId: "root", inheritEntities: true },
  { id: "elsewhere", name: "Elsewhere", parentSpaceId: "root", inheritEntities: true },
  { id: "payments", name: "Payments", parentSpaceId: "platform", inheritEntities: true },
];

function accountFor(product: Product): ReviewInput["account"] {
  const consumer = { ...STACK, product, namespace: product === "cloud" ? "acme" : "PLAT" };
  const integrations = [{ product, id: "payments", isDefault: false, spaceId: "platform" }];
  return { consumers: { consumers: [consumer], caveat: undefined, integrations }, spaces: ACCOUNT_SPACES };
}

function reviewOf(backing: Backing, { changes, drift = [] }: Omit<Case, "expected">, input: Partial<ReviewInput> = {}): Review {
  const document = {
    resource_changes: changes.map((change) => withImport(entry(backing, change))),
    resource_drift: drift.map((change) => entry(backing, change)),
  };
  return review({ plans: [readPlan(planText(document), { part: "main", source: "plan.json" })], ...input });
}

/** `importing` is a part of the change. */
function withImport({ importing, change, ...document }: Readonly<Record<string, unknown>>) {
  return { ...document, change: { ...(change as object), ...(importing === undefined ? {} : { importing }) } };
}

/** Without what is only said of the published providers. */
const ABOUT_PUBLISHED = ["secrets-in-state", "double-delivery"];
const linesOf = ({ findings }: Review) =>
  findings
    .filter(({ code }) => !ABOUT_PUBLISHED.includes(code))
    .map(({ severity, code }) => `${severity} ${code}`)
    .sort();

/** What only Bitlift's own provider does. */
const OWN_BEHAVIOR = /detach_protection|adopt|refuses to delete|stops at the old one|taken over/;

describe.each(["cloud", "datacenter"] as const)("on %s", (product) => {
  describe.each(Object.entries(casesFor(product)))("%s", (_name, given) => {
    it.each(["bitlift", "published"] as const)("backing %s, with a key of Spacelift", (backing) => {
      const found = reviewOf(backing, given, { account: accountFor(product) });
      expect(linesOf(found)).toEqual([...given.expected].sort());
      if (backing === "published") expect(JSON.stringify(found.findings)).not.toMatch(OWN_BEHAVIOR);
    });

    it("without a key and a log, both backings are a review with the same findings", () => {
      const [own, published] = [reviewOf("bitlift", given), reviewOf("published", given)];
      expect(linesOf(published)).toEqual(linesOf(own));
      expect(published.counts).toEqual(own.counts);
      const caveats = published.findings.map(({ affected }) => affected.caveat).filter((caveat) => caveat !== undefined);
      for (const caveat of caveats) expect(caveat).toMatch(/^Which stacks and modules this concerns is not known: the published providers/);
    });
  });
});

it("says that nothing protects an integration with published backing", () => {
  const deletion = { changes: [step(INTEGRATION, null, ["delete"])] };
  const details = (backing: Backing) => reviewOf(backing, deletion).findings[0]?.details[0];
  expect(details("bitlift")).toMatch(/^With detach_protection, the apply refuses/);
  expect(details("published")).toBe(
    "Spacelift's own provider protects nothing: the apply deletes the integration even while stacks and modules use it.",
  );
});

it("says what a rename does while stacks use the integration", () => {
  const rename = { changes: [firstByTrigger({ ...INTEGRATION, name: "Payments team" })] };
  const todo = (backing: Backing) => reviewOf(backing, rename).findings.find(({ code }) => code === "integration-renamed")?.todo;
  expect(todo("bitlift")).toMatch(/stops at the old one/);
  expect(todo("published")).toMatch(/deletes the old one even while stacks or modules use it/);
});

it("names the trigger of a replacement, and that the name is still taken", () => {
  const change = firstByTrigger({ ...INTEGRATION, isDefault: true, space: "root" });
  const found = reviewOf("published", { changes: [change] }).findings.find(({ code }) => code === "integration-replaced");
  expect(found?.details).toEqual([
    "is_default changes, which Spacelift's own provider cannot change in place, so a trigger replaces the integration.",
    expect.stringMatching(/protects nothing/),
    expect.stringMatching(/accepts a name only once/),
  ]);
});

it.each<[string, Step, RegExp]>([
  ["a name", updated(INTEGRATION, { name: "Other" }), /keeps its name, although the plan changes it/],
  ["the default flag", updated(INTEGRATION, { isDefault: true }), /keeps its is_default/],
  ["an inactive webhook", updated(webhook("datacenter"), { active: false }), /stays active, although the plan switches it off/],
  ["a webhook that is created inactive", step(null, webhook("datacenter", { active: false }), ["create"]), /stays active/],
])("a published provider never sends %s, and the review says only that", (_case, change, text) => {
  const { findings } = reviewOf("published", { changes: [change], drift: [] });
  const found = findings.filter(({ code }) => !ABOUT_PUBLISHED.includes(code));
  expect(found.map(({ code, severity }) => [code, severity])).toEqual([["change-ineffective", "warning"]]);
  expect(found[0]?.what).toMatch(text);
});

it("a default flag that somebody changed outside is not undone", () => {
  const changes = [updated<Integration>({ ...INTEGRATION, isDefault: true }, { isDefault: false })];
  const drift = [updated(INTEGRATION, { isDefault: true })];
  const codes = reviewOf("published", { changes, drift }).findings.map(({ code }) => code);
  expect(codes).toContain("change-ineffective");
  expect(codes).not.toContain("drift-undone");
});

it("events that the configuration does not contain are not added", () => {
  const [first = "", ...others] = REQUIRED.cloud;
  const found = reviewOf("published", { changes: [step(null, webhook("cloud", { events: others }), ["create"])] }).findings;
  const about = found.find(({ code }) => code === "required-events-missing");
  expect(about?.what).toContain(`the configuration does not contain them: ${first}.`);
});

it("texts have the names of the provider that carries the object", () => {
  const changes = [updated(webhook("cloud", { title: "By hand" }), { title: "Spacelift" })];
  const drift = [updated(webhook("cloud"), { title: "By hand" })];
  const what = (backing: Backing) => reviewOf(backing, { changes, drift }).findings.find(({ code }) => code === "drift-undone")?.what;
  expect(what("bitlift")).toMatch(/undoes it: title\.$/);
  expect(what("published")).toMatch(/undoes it: description\.$/);
});

it("webhooks that deliver elsewhere are objects of others", () => {
  const foreign = entry("published", step(webhook("cloud", { events: ["repo:push"] }), null, ["delete"]));
  const text = JSON.stringify(foreign).replaceAll(/https:[^"]+/g, "https://ci.example/hook");
  const document = { resource_changes: [JSON.parse(text) as object] };
  const plan = readPlan(planText(document), { part: "main", source: "plan.json" });
  expect(review({ plans: [plan] })).toMatchObject({ findings: [], otherChanges: [{ type: "bitbucket_hook", counts: { delete: 1 } }] });
});

it("stacks of the same plans are known without a key, unless they are deleted too", () => {
  const stack = (type: string, id: string, block: string, values: object) => ({
    address: `${type}.${id}`,
    mode: "managed",
    type,
    values: { id, name: id, repository: "api", space_id: "platform", [block]: [{ namespace: "PLAT", ...values }] },
  });
  const resources = [
    stack("spacelift_stack", "production", "bitbucket_datacenter", { id: "payments" }),
    stack("spacelift_stack", "leaving", "bitbucket_datacenter", { id: "payments" }),
    stack("spacelift_stack", "elsewhere", "bitbucket_datacenter", { id: "billing" }),
    stack("spacelift_module", "network", "bitbucket_datacenter", { id: null }),
    { address: "spacelift_stack.odd", mode: "managed", type: "spacelift_stack", values: { id: "odd" } },
  ];
  const leaving = { address: "spacelift_stack.leaving", mode: "managed", type: "spacelift_stack", change: { actions: ["delete"] } };
  const affectedBy = (integration: Integration) => {
    const changes = [entry("published", step(integration, null, ["delete"])), leaving];
    const document = { resource_changes: changes, prior_state: { values: { root_module: { resources } } } };
    const { findings } = review({ plans: [readPlan(planText(document), { part: "main", source: "plan.json" })] });
    const found = findings.find(({ code }) => code === "integration-deleted");
    return [found?.severity, found?.affected.consumers.map(({ name }) => name), found?.affected.caveat?.slice(0, 26)];
  };
  expect(affectedBy(INTEGRATION)).toEqual(["danger", ["production"], "Others may be concerned: o"]);
  expect(affectedBy({ ...INTEGRATION, space: "root", isDefault: true })).toEqual([
    "danger",
    ["production", "network"],
    "Others may be concerned: o",
  ]);
});

it("an unchanged object says nothing but that the state contains its secret", () => {
  const found = reviewOf("published", { changes: [kept(SPACE), kept(INTEGRATION), kept(webhook("datacenter"))] });
  expect(found.findings.map(({ code, severity }) => [code, severity])).toEqual([["secrets-in-state", "info"]]);
  expect(found.parts).toMatchObject([{ status: "none" }]);
});
