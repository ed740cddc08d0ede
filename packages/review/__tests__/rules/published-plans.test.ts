/** The rules on plans of objects with published backing that real engines made. */
import { ENGINES, publishedNames, publishedReview } from "../golden-plans";
import { FORMATS, renderReview } from "../rendering/render";

const STORED = "info secrets-in-state main";
const STORED_NOW = "notice secrets-in-state main";
const NOT_LOOKED = "info double-delivery main";
const BOTH = ["cloud", "datacenter"] as const;
const onBoth = (name: string, expected: readonly string[]) => Object.fromEntries(BOTH.map((product) => [`${product}-${name}`, expected]));

/** Without a key of Spacelift. A stack of the same plan reads the first repository. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  ...onBoth("creation", [STORED_NOW, NOT_LOOKED]),
  ...onBoth("webhook-deletion", ["danger webhook-deleted infrastructure", "warning webhook-deleted networking", STORED]),
  ...onBoth("space-move", ["danger space-access-lost payments", STORED]),
  "cloud-deletion": ["warning webhook-deleted infrastructure", "warning webhook-deleted networking"],
  "datacenter-deletion": ["danger integration-deleted payments"],
  "cloud-settings": [
    "danger webhook-deactivated infrastructure",
    "warning certificate-check-disabled infrastructure",
    "warning certificate-check-disabled networking",
    "warning webhook-deactivated networking",
    STORED,
  ],
  "datacenter-settings": ["warning change-ineffective infrastructure", "warning change-ineffective networking", STORED],
  "cloud-drift": [
    "warning drift-undone infrastructure",
    "warning drift-undone networking",
    "warning required-events-missing infrastructure",
    STORED_NOW,
    NOT_LOOKED,
  ],
  "datacenter-drift": ["warning drift-undone infrastructure", "warning required-events-missing infrastructure", STORED],
  "cloud-backing-changed-to-bitlift": [
    "danger backing-changed main",
    "warning plan-warning payments",
    "warning webhook-overwritten infrastructure",
    "warning webhook-overwritten networking",
  ],
  "datacenter-backing-changed-to-bitlift": [
    "danger backing-changed main",
    "danger integration-deleted payments",
    "warning plan-warning payments",
    "warning plan-warning payments",
    "warning webhook-overwritten infrastructure",
    "warning webhook-overwritten networking",
  ],
  "cloud-backing-changed-to-published": ["danger backing-changed main", STORED_NOW, NOT_LOOKED],
  "datacenter-backing-changed-to-published": ["danger backing-changed main", "notice integration-deleted payments", STORED_NOW, NOT_LOOKED],
  "cloud-moved-to-bitlift": ["info objects-moved main"],
  "datacenter-moved-to-bitlift": ["warning credential-changed payments", "info objects-moved main"],
  "cloud-moved-to-published": [STORED_NOW, "info objects-moved main"],
  "datacenter-moved-to-published": ["notice credential-changed payments", STORED_NOW, "info objects-moved main"],
  "datacenter-rename": ["danger integration-renamed payments", STORED],
  "datacenter-rename-in-place": ["warning change-ineffective payments", STORED],
  "datacenter-default-added": [
    "danger integration-replaced payments",
    "warning account-wide-change payments",
    "warning default-integration-changed payments",
    STORED,
  ],
  "datacenter-integration-move": ["danger space-access-lost payments", STORED],
  "datacenter-login": ["warning credential-changed payments", STORED],
};

describe.each(ENGINES)("Terraform %s", (engine) => {
  it("has a plan for every case", () => {
    expect([...publishedNames(engine)].sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(Object.entries(EXPECTED))("%s", (name, expected) => {
    const reviewed = publishedReview(engine, name);
    expect(
      reviewed.findings.map(({ severity, code, subject }) => `${severity} ${code} ${subject.address?.split(".")[1] ?? subject.key}`),
    ).toEqual(expected);
    for (const format of FORMATS) expect(renderReview(reviewed, format, { verbose: true })).not.toContain("canary of");
  });

  it("a rename that a trigger causes says which webhooks follow", () => {
    const [found] = publishedReview(engine, "datacenter-rename").findings;
    expect(found?.details.slice(0, 2)).toEqual([
      "2 webhooks of this plan follow to the new URL.",
      "There is no gap: the new integration and its webhooks exist before the old ones are deleted.",
    ]);
    expect(found?.affected.consumers).toMatchObject([{ name: "Payments production", space: "platform > Payments" }]);
  });

  it.each<[string, object]>([
    ["moved-to-bitlift", { create: 0, delete: 0, replace: 0, move: 4 }],
    ["moved-to-published", { create: 0, delete: 0, replace: 0, forget: 4, import: 4 }],
  ])("%s changes no object", (name, counts) => {
    expect(publishedReview(engine, `datacenter-${name}`).counts).toMatchObject(counts);
  });
});
