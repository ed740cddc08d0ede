/** Every rule on plans that real engines made, for both products and two versions of the plan format. */
import type { BitbucketProduct } from "../../../domain";
import { ENGINES, GOLDEN_PRODUCTS, goldenPlan, reviewOf } from "../golden-plans";
import { review, type ReviewInput } from "../../review-plans";
import type { KnownConsumer } from "../../plan/plan-model";

/** Lines such as `danger integration-deleted payments`, most severe first. */
function lines(engine: string, name: string, input: Parameters<typeof reviewOf>[2] = {}): readonly string[] {
  return reviewOf(engine, name, input).findings.map(
    ({ severity, code, subject }) => `${severity} ${code} ${subject.address?.split(".")[1] ?? subject.key}`,
  );
}

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  rename: ["danger integration-renamed payments"],
  "rename-destroy-first": ["danger integration-renamed payments"],
  replacement: ["danger integration-replaced payments"],
  deletion: ["danger integration-deleted payments"],
  "default-added": [
    "warning account-wide-change payments",
    "warning default-integration-changed payments",
    "warning integration-replaced payments",
  ],
  creation: [],
  adoption: [
    "warning double-delivery networking",
    "warning repository-missing infrastructrue",
    "warning webhook-overwritten infrastructure",
    "warning webhook-overwritten networking",
  ],
  "space-move": ["danger space-access-lost payments"],
  "inheritance-off": ["danger space-access-lost payments"],
  "integration-move": ["danger space-access-lost payments"],
  settings: [
    "warning certificate-check-disabled infrastructure",
    "warning certificate-check-disabled networking",
    "warning credential-changed payments",
    "warning protection-disabled payments",
    "warning webhook-deactivated infrastructure",
    "warning webhook-deactivated networking",
    "notice secret-rotated payments",
  ],
  "webhook-deletion": ["danger webhook-deleted infrastructure", "notice webhook-deleted networking"],
  drift: [
    "warning drift-undone infrastructure",
    "warning drift-undone networking",
    "warning required-events-missing infrastructure",
    "notice secret-rotated payments",
  ],
  "imports-and-moves": ["info objects-imported main", "info objects-moved main"],
  forgetting: ["notice objects-forgotten main"],
  "other-providers": ["warning check-failed payments"],
};

describe.each(ENGINES.flatMap((engine) => GOLDEN_PRODUCTS.map((product) => ({ engine, product }))))(
  "Terraform $engine, $product",
  ({ engine, product }) => {
    it.each(Object.entries(EXPECTED))("%s", (name, expected) => {
      expect(lines(engine, `${product}-${name}`)).toEqual(expected);
    });

    // A renderer prints it in bold. What the provider says at length is in the details.
    it.each(Object.keys(EXPECTED))("%s: says in at most two sentences what happens", (name) => {
      const findings = reviewOf(engine, `${product}-${name}`).findings.map(({ what }) => what);
      expect(findings.filter((what) => (what.match(/\.(?= [A-Z]|$)/g) ?? []).length > 2 || /https?:/.test(what))).toEqual([]);
    });
  },
);

describe.each(GOLDEN_PRODUCTS)("on %s", (product) => {
  const [engine = ""] = ENGINES;
  const namespace = product === "cloud" ? "acme-workspace" : "PLAT";
  const repositories = [`${namespace}/infrastructure`, `${namespace}/networking`];
  const findingOf = (name: string, code: string, input: Parameters<typeof reviewOf>[2] = {}) => {
    const found = reviewOf(engine, `${product}-${name}`, input).findings.find((finding) => finding.code === code);
    if (found === undefined) throw new Error(`No finding ${code}.`);
    return found;
  };
  const account = (...consumers: Partial<KnownConsumer>[]) => ({
    spaces: [{ id: "platform", name: "Platform", parentSpaceId: "root", inheritEntities: true }],
    consumers: { consumers: consumers.map((fields) => ({ ...consumer(product, namespace), ...fields })), caveat: undefined },
  });

  it.each(["rename", "rename-destroy-first", "deletion"])(
    "%s: the log of the plan names the consumers, also without an address",
    (name) => {
      const { findings } = reviewOf(engine, `${product}-${name}`);
      const [{ affected } = { affected: undefined }] = findings;
      expect(affected).toEqual({
        consumers: [{ kind: "stack", id: "payments-production", name: "Payments production", space: undefined }],
        unnamed: 0,
        caveat: undefined,
        repositories,
        spaces: [],
      });
    },
  );

  it.each(["rename", "replacement", "deletion"])("%s: without the log and a key, the finding says that nobody knows", (name) => {
    const [finding] = reviewOf(engine, `${product}-${name}`, { withLog: false }).findings;
    expect([finding?.severity, finding?.affected.caveat]).toEqual(["danger", expect.stringContaining("not known")]);
    expect(finding?.todo).toBeDefined();
  });

  it("what Spacelift knows wins over the log: consumers have their Space", () => {
    const { affected } = findingOf("deletion", "integration-deleted", { account: account({}, { id: "other", integrationId: "other" }) });
    expect(affected.consumers).toEqual([{ kind: "module", id: "network", name: "Network", space: "root > Platform" }]);
    expect(affected.spaces).toEqual(["root > Platform"]);
  });

  it("if Spacelift knows of no consumer, nobody loses anything", () => {
    expect(findingOf("deletion", "integration-deleted", { account: account() }).severity).toBe("notice");
    expect(findingOf("replacement", "integration-replaced", { account: account() }).severity).toBe("warning");
    expect(findingOf("rename", "integration-renamed", { account: account() }).severity).toBe("notice");
    expect(findingOf("rename-destroy-first", "integration-renamed", { account: account() }).severity).toBe("warning");
  });

  it("a rename says whether there is a gap, and which webhooks follow", () => {
    expect(findingOf("rename", "integration-renamed").details.slice(0, 2)).toEqual([
      "2 webhooks of this plan follow to the new URL.",
      "There is no gap: the new integration and its webhooks exist before the old ones are deleted.",
    ]);
    expect(findingOf("rename-destroy-first", "integration-renamed").details[1]).toMatch(/^There is a gap: the old integration/);
    expect(findingOf("rename", "integration-renamed").what).toMatch(
      /another webhook URL and secret, and 1 stack must be attached to it\.$/,
    );
  });

  it("a rename does not hide that a webhook is deleted in the same plan", () => {
    const plan = goldenPlan(engine, `${product}-rename`);
    const changes = plan.changes.map((change) =>
      change.address.endsWith("webhook.infrastructure") ? { ...change, action: "delete" as const, after: undefined } : change,
    );
    const { findings } = review({ plans: [{ ...plan, changes }], account: account({}) });
    expect(findings.map(({ severity, code }) => [severity, code])).toEqual([
      ["danger", "integration-renamed"],
      ["danger", "webhook-deleted"],
    ]);
  });

  it("a replacement under the same name keeps the URL", () => {
    expect(findingOf("replacement", "integration-replaced").what).toMatch(/The webhook URL stays, the webhook secret changes\.$/);
  });

  it.each([
    ["space-move", "platform > Team"],
    ["inheritance-off", "platform > Team"],
  ])("%s: the Space that loses access is computed", (name, path) => {
    const { affected, what } = findingOf(name, "space-access-lost");
    expect([affected.spaces, affected.consumers.map(({ id }) => id)]).toEqual([[path], ["in-the-team"]]);
    expect(what).toContain("1 stack can no longer use its integration");
  });

  it("a move of a Space without consumers is a notice that names the Spaces", () => {
    const finding = findingOf("space-move", "space-access-lost", { account: account() });
    expect([finding.severity, finding.affected.spaces]).toEqual(["notice", ["root > Platform > Team"]]);
  });

  it("a webhook that is switched off names who reads the repository, if Spacelift was asked", () => {
    const { findings } = reviewOf(engine, `${product}-settings`, { account: account({}) });
    const found = findings.filter(({ code }) => code === "webhook-deactivated");
    expect(found.map(({ severity, affected }) => [severity, affected.consumers.map(({ name }) => name)])).toEqual([
      ["danger", ["Network"]],
      ["warning", []],
    ]);
  });

  it("drift says what was changed, and that nobody knows by whom", () => {
    const { details } = findingOf("drift", "drift-undone");
    expect(details).toContain('title: "Changed by hand" becomes "Spacelift (payments)" again.');
    expect(details.at(-1)).toBe("Who changed it is not known.");
  });
});

it("a warning that the engine prints twice is one finding", () => {
  const plan = goldenPlan("1.11", "cloud-creation");
  const message = {
    part: "main",
    severity: "warning",
    code: "host-not-encrypted",
    address: "a.b",
    summary: "S",
    why: "W.",
    fix: "F.",
  } as const;
  const messages = [message, { ...message }, { ...message, address: "a.c" }];
  const { findings } = review({ plans: [{ ...plan, messages }] });
  expect(findings.map(({ code, subject }) => [code, subject.address])).toEqual([
    ["plan-warning", "a.b"],
    ["plan-warning", "a.c"],
  ]);
});

it.each([
  ["fail", "Check block assertion failed", "warning"],
  ["unknown", "Check block assertion known after apply", "info"],
] as const)("a check with the status %s is one finding, although the engine also warns", (status, summary, severity) => {
  const plan = goldenPlan("1.11", "cloud-creation");
  const message = { part: "main", severity: "warning", code: undefined, address: undefined, summary, why: "W.", fix: undefined } as const;
  const failedChecks = [{ address: "check.url", status, messages: [] }];
  const { findings } = review({ plans: [{ ...plan, failedChecks, messages: [message] }] });
  expect(findings.map((found) => [found.code, found.severity])).toEqual([["check-failed", severity]]);
});

it("a webhook that is created switched off is a finding", () => {
  const plan = goldenPlan("1.11", "cloud-creation");
  const changes = plan.changes.map((change) =>
    change.resource.kind === "webhook" ? { ...change, after: { ...change.after, active: false, integration_id: "payments" } } : change,
  );
  const consumers = [consumer("cloud", "acme-workspace")];
  const found = (input: Partial<ReviewInput>) =>
    review({ plans: [{ ...plan, changes }], ...input })
      .findings.filter(({ code }) => code === "webhook-deactivated")
      .map(({ severity, what }) => [severity, what.includes("is created switched off")]);
  expect(new Set(found({}).map(String))).toEqual(new Set(["warning,true"]));
  expect(found({ account: { consumers: { consumers, caveat: undefined } } })).toContainEqual(["danger", true]);
});

it("counts, other providers, and the picture", () => {
  const [engine = ""] = ENGINES;
  const { counts, otherChanges, parts, picture } = reviewOf(engine, "cloud-rename");
  expect([counts.replace, otherChanges, parts.map(({ status }) => status)]).toEqual([3, [], ["changes"]]);
  expect(picture.spaces.map(({ name, isExisting }) => [name, isExisting])).toEqual([
    ["Payments", false],
    ["platform", true],
  ]);
  expect(picture.spaces[1]?.integrations).toMatchObject([
    { name: "Payments team", fate: "renamed", consumers: [{ name: "Payments production", losesSource: true }] },
  ]);
  const others = reviewOf(engine, "cloud-other-providers");
  expect(others.otherChanges).toMatchObject([{ type: "terraform_data", counts: { update: 1 } }]);
  expect(others.parts).toMatchObject([{ status: "changes" }]);
});

function consumer(product: BitbucketProduct, namespace: string): KnownConsumer {
  return {
    kind: "module",
    id: "network",
    name: "Network",
    product,
    integrationId: "payments",
    spaceId: "platform",
    namespace,
    repository: "infrastructure",
  };
}
