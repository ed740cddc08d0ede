/** Webhooks that go away from under the stacks of their integration, whatever else the plan does to the repository. */
import type { KnownConsumer, PlannedResource, PlanMessage, PlanModel } from "../../plan/plan-model";
import { goldenPlan } from "../golden-plans";
import { review } from "../../review-plans";

const PLAN = goldenPlan("1.11", "cloud-webhook-deletion");
const WEBHOOK = PLAN.changes.find(({ address }) => address.endsWith("webhook.infrastructure")) as PlannedResource;
const INTEGRATION = PLAN.changes.find(({ resource }) => resource.kind === "integration") as PlannedResource;
const VALUES = WEBHOOK.before ?? {};
const OTHER_INTEGRATION = { ...INTEGRATION, address: "bitlift_bitbucket_cloud_integration.billing", after: { ...INTEGRATION.after } };
const BILLING: PlannedResource = {
  ...OTHER_INTEGRATION,
  before: { ...INTEGRATION.before, id: "billing", name: "Billing" },
  after: { ...INTEGRATION.after, id: "billing", name: "Billing" },
  label: "Billing",
};
const STACK: KnownConsumer = {
  kind: "stack",
  id: "payments-production",
  name: "Payments production",
  product: "cloud",
  integrationId: "payments",
  spaceId: "platform",
  namespace: "acme-workspace",
  repository: "infrastructure",
};
const account = { consumers: { consumers: [STACK], caveat: undefined } };
const turned = (values: object): PlannedResource => ({
  ...WEBHOOK,
  action: "replace",
  after: { ...VALUES, ...values },
  changed: new Set(Object.keys(values)),
});
const added = (values: object): PlannedResource => ({
  ...WEBHOOK,
  address: "bitlift_bitbucket_cloud_webhook.added",
  action: "create",
  before: undefined,
  after: { ...VALUES, ...values },
});
const plan = (changes: readonly PlannedResource[], more: Partial<PlanModel> = {}): PlanModel => ({
  ...PLAN,
  changes: [INTEGRATION, BILLING, ...changes],
  ...more,
});

const CASES: readonly (readonly [name: string, changes: readonly PlannedResource[], says: string])[] = [
  ["another integration takes the repository", [WEBHOOK, added({ integration_id: "billing" })], "is deleted"],
  ["the new webhook of the repository delivers nothing", [WEBHOOK, added({ active: false })], "is deleted"],
  [
    "it gets another integration",
    [turned({ integration_id: "billing" })],
    'no longer delivers to the integration "payments", but to "billing"',
  ],
  ["it gets another repository", [turned({ repository: "networking" })], "moves to acme-workspace/networking"],
];

it.each(CASES)("%s: danger with a key, and with the log", (_name, changes, says) => {
  for (const input of [{ account, plans: [plan(changes)] }, { plans: [plan(changes)] }]) {
    const found = review(input).findings.filter(({ code }) => code === "webhook-deleted" || code === "plan-warning");
    expect(found.map(({ code, severity, affected }) => [code, severity, affected.consumers.map(({ name }) => name)])).toEqual([
      ["webhook-deleted", "danger", ["Payments production"]],
    ]);
    expect(found[0]?.what).toContain(says);
  }
});

it.each<readonly [string, readonly PlannedResource[]]>([
  ["another address takes the webhook", [WEBHOOK, added({})]],
  ["the webhook only changes", [turned({ title: "Other" })]],
  ["somebody else manages it from now on", [{ ...WEBHOOK, action: "forget", after: undefined }]],
])("%s: nothing is lost", (_name, changes) => {
  const { findings } = review({ account, plans: [plan(changes, { messages: [] })] });
  expect(findings.filter(({ code }) => code === "webhook-deleted")).toEqual([]);
});

it.each([
  ["webhook-removal", WEBHOOK.address],
  ["webhook-removal", undefined],
  ["consumers-lose-access", INTEGRATION.address],
  ["consumers-will-be-detached", INTEGRATION.address],
  ["integration-usage-unknown", INTEGRATION.address],
])("a warning %s at %s that no finding uses is shown", (code, address) => {
  const message: PlanMessage = {
    part: "main",
    severity: "warning",
    code,
    address,
    summary: "Careful",
    why: "Something is lost.",
    fix: undefined,
  };
  const { findings } = review({ plans: [plan([], { messages: [message] })] });
  expect(findings.map(({ code: found, what }) => [found, what])).toEqual([["plan-warning", "Careful: Something is lost."]]);
});
