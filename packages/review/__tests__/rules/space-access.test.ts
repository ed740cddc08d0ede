/** Who loses access to an integration when Spaces and integrations move, stop inheriting or are deleted, with a key of Spacelift. */
import type { KnownConsumer, PlannedResource, PlanModel } from "../../plan/plan-model";
import { readResource } from "../../plan/read-resource";
import { kindOf } from "../../plan/resource-kinds";
import { review, type ReviewInput } from "../../review-plans";
import type { AccountIntegration } from "../../rules/consumers";
import { goldenPlan } from "../golden-plans";

const SPACE = "bitlift_space";
const INTEGRATION = "bitlift_bitbucket_cloud_integration";

function resource(
  type: string,
  id: string,
  before: object,
  change?: { readonly actions: string[]; readonly after: object | null },
): PlannedResource {
  const kind = kindOf(type);
  if (kind === undefined) throw new Error(type);
  const values = { id, name: id, ...before };
  const after = change === undefined ? values : change.after && { ...values, ...change.after };
  return readResource("main", kind, {
    address: `${type}.${id}`,
    type,
    change: { actions: change?.actions ?? ["no-op"], before: values, after },
  });
}

const SPACES = [
  { id: "platform", name: "platform", parentSpaceId: "root", inheritEntities: false },
  { id: "team", name: "team", parentSpaceId: "platform", inheritEntities: true },
  { id: "quiet", name: "quiet", parentSpaceId: "platform", inheritEntities: false },
];
const TEAM = { parent_space_id: "platform", inherit_entities: true };
const PAYMENTS = resource(INTEGRATION, "payments", { space_id: "platform", is_default: false });
const OWN = { space_id: "team", is_default: false };
const TEAM_OWN = resource(INTEGRATION, "teamown", OWN);
const STOPS = resource(SPACE, "team", TEAM, { actions: ["update"], after: { inherit_entities: false } });
const DELETED = resource(SPACE, "team", TEAM, { actions: ["delete"], after: null });
const OUTSIDE: AccountIntegration = { product: "cloud", id: "outside", isDefault: false, spaceId: "platform" };
const stack = (integrationId: string, spaceId = "team"): KnownConsumer => ({
  kind: "stack",
  id: `${spaceId}-${integrationId}`,
  name: `${spaceId} through ${integrationId}`,
  product: "cloud",
  integrationId,
  spaceId,
  namespace: "acme",
  repository: "infrastructure",
});

function losses(changes: readonly PlannedResource[], consumers: readonly KnownConsumer[], integrations?: readonly AccountIntegration[]) {
  const plan: PlanModel = { ...goldenPlan("1.11", "cloud-creation"), changes, references: new Map(), state: [] };
  const input: ReviewInput = {
    plans: [plan],
    account: { spaces: SPACES, consumers: { consumers, caveat: undefined, ...(integrations && { integrations }) } },
  };
  return review(input).findings.filter(({ code }) => code === "space-access-lost" || code === "integration-renamed");
}

const named = (found: ReturnType<typeof losses>) =>
  found.map(({ severity, subject, affected }) => [severity, subject.address?.split(".")[1], affected.consumers.map(({ name }) => name)]);

it("a Space that stops inheriting: each stack by the Space of its own integration, managed or not", () => {
  const consumers = [stack("payments"), stack("outside"), stack("teamown"), stack("payments", "platform")];
  const found = losses([STOPS, PAYMENTS, TEAM_OWN], consumers, [OUTSIDE]);
  expect(named(found)).toEqual([["danger", "team", ["team through payments", "team through outside"]]]);
});

it("an integration that the plans do not contain, such as one of another part, is enough for a danger", () => {
  expect(named(losses([STOPS], [stack("outside")], [OUTSIDE]))).toEqual([["danger", "team", ["team through outside"]]]);
});

it("a default integration can be used from everywhere", () => {
  expect(losses([STOPS], [stack("outside")], [{ ...OUTSIDE, isDefault: true }])).toEqual([]);
});

it.each([
  ["is not listed", []],
  ["has a Space that the key does not see", [{ ...OUTSIDE, spaceId: null }]],
])("an integration that %s: danger, and the finding says that it is not known", (_name, integrations) => {
  const found = losses([STOPS], [stack("outside")], integrations);
  expect(named(found)).toEqual([["danger", "team", ["team through outside"]]]);
  expect(found[0]?.affected.caveat).toContain("not known");
});

it("a Space is deleted, and its integration moves elsewhere", () => {
  const moved = resource(INTEGRATION, "teamown", OWN, { actions: ["update"], after: { space_id: "quiet" } });
  const found = losses([DELETED, moved, PAYMENTS], [stack("teamown"), stack("payments")]);
  expect(named(found)).toEqual([
    ["danger", "teamown", ["team through teamown"]],
    ["danger", "team", ["team through teamown", "team through payments"]],
  ]);
});

it("an empty Space is deleted: nobody loses anything", () => {
  expect(losses([DELETED, PAYMENTS], [stack("payments", "platform")])).toEqual([]);
});

it("an integration gets another name and another Space: who cannot use it there", () => {
  const both = resource(
    INTEGRATION,
    "payments",
    { space_id: "platform", is_default: false },
    {
      actions: ["create", "delete"],
      after: { name: "Payments team", space_id: "quiet" },
    },
  );
  const found = losses([both], [stack("payments"), stack("payments", "quiet")]);
  expect(named(found)).toEqual([
    ["danger", "payments", ["team through payments", "quiet through payments"]],
    ["danger", "payments", ["team through payments"]],
  ]);
  expect(found[0]?.what).toContain("a new integration in root > platform > quiet");
  expect(found[0]?.todo).toContain("cannot use integrations of root > platform > quiet");
});
