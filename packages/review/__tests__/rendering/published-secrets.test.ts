/** Secrets that the published providers write into plans reach no rendering, whether or not the plan marks them as sensitive. */
import { CANARY, entry, planText, type Step, type Thing } from "../backing-plans";
import { readPlan } from "../../plan/read-plan";
import { review } from "../../review-plans";
import { renderSpacelift } from "../../posting/spacelift";
import { FORMATS, renderReview } from "./render";

const THINGS: readonly Thing[] = [
  { kind: "space", name: "Payments", parent: "root" },
  { kind: "integration", name: "Payments", space: "root", isDefault: true },
  { kind: "webhook", product: "cloud", repository: "api" },
  { kind: "webhook", product: "datacenter", repository: "api" },
];
const ACTIONS: readonly (readonly [actions: readonly string[], hasBefore: boolean, hasAfter: boolean])[] = [
  [["no-op"], true, true],
  [["create"], false, true],
  [["update"], true, true],
  [["delete"], true, false],
  [["delete", "create"], true, true],
  [["forget"], true, false],
];

const steps = THINGS.flatMap((thing, index) =>
  ACTIONS.map(([actions, hasBefore, hasAfter]): Step => ({
    name: `object-${index}-${actions.join("-")}`,
    before: hasBefore ? thing : null,
    after: hasAfter ? thing : null,
    actions,
  })),
);

/** The other value is another secret, so that everything that can change does. */
function changed(document: unknown): unknown {
  const text = JSON.stringify(document);
  return JSON.parse(text.replace(/("after":\{.*?)\}/, (after) => after.replaceAll(CANARY, `${CANARY}-new`)));
}

const values = { id: "payments", name: "Payments", webhook_url: "https://a/b", webhook_secret: CANARY, access_token: CANARY };
const dataSources = ["spacelift_bitbucket_cloud_integration", "spacelift_bitbucket_datacenter_integration"].map((type) => ({
  address: `data.${type}.payments`,
  mode: "data",
  type,
  values,
  // The data source for Bitbucket Data Center marks nothing.
  sensitive_values: {},
}));

function planWith(isMarked: boolean): string {
  const changes = steps.map((step) => changed(entry("published", step)));
  const text = planText({
    resource_changes: changes,
    resource_drift: steps.filter(({ before, after }) => before !== null && after !== null).map((step) => changed(entry("published", step))),
    prior_state: { values: { root_module: { resources: dataSources } } },
    output_changes: { secret: { actions: ["update"], before: CANARY, after: `${CANARY}-new` } },
  });
  return isMarked ? text : text.replaceAll(/"(before|after)_sensitive":\{[^}]*\}/g, '"$1_sensitive":{}');
}

describe.each([
  ["marked as sensitive", true],
  ["not marked", false],
])("%s", (_case, isMarked) => {
  const text = planWith(isMarked);
  const plan = readPlan(text, { part: "main", source: "plan.json" });
  const reviewed = review({ plans: [plan] });

  it("the plan contains them, and the model does not", () => {
    expect(text.split(CANARY).length).toBeGreaterThan(40);
    expect(
      JSON.stringify(plan, (_key, value: unknown) => (value instanceof Map || value instanceof Set ? [...value] : value)),
    ).not.toContain(CANARY);
    expect(reviewed.findings.length).toBeGreaterThan(10);
  });

  it.each(FORMATS)("%s", (format) => {
    expect(renderReview(reviewed, format, { verbose: true })).not.toContain(CANARY);
  });

  it("the input of Spacelift's policies", () => {
    expect(renderSpacelift(reviewed)).not.toContain(CANARY);
  });
});
