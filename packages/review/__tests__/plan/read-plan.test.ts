/** Reading plans: versions of the format, broken files, other parts, and nothing sensitive. */
import { readPlan, type PlanSource } from "../../plan/read-plan";
import { logProblem } from "../../plan/log-check";
import { readPlanLog } from "../../plan/read-plan-log";
import { SENSITIVE } from "../../plan/redaction";
import { review } from "../../review-plans";
import { ENGINES, goldenNames, goldenPlan, goldenTexts } from "../golden-plans";

const SOURCE: PlanSource = { part: "main", source: "plan.json" };
const read = (document: object, source: Partial<PlanSource> = {}) =>
  readPlan(JSON.stringify({ format_version: "1.2", resource_changes: [], ...document }), { ...SOURCE, ...source });

interface Change {
  readonly actions: readonly string[];
  readonly [name: string]: unknown;
}

const integration = (change: Change, more: object = {}) => ({
  address: "bitlift_bitbucket_cloud_integration.payments",
  mode: "managed",
  type: "bitlift_bitbucket_cloud_integration",
  change,
  ...more,
});

it.each([
  ["", "plan-unreadable", /plan\.json is empty/],
  ['{"format_version":"1.2","resource_ch', "plan-unreadable", /plan\.json is not complete JSON/],
  ["PK\u0003\u0004", "plan-unreadable", /not complete JSON/],
  ["[1]", "plan-unreadable", /not a JSON object/],
  ["null", "plan-unreadable", /not a JSON object/],
  ['{"format_version":"1.0","values":{}}', "plan-unreadable", /not a plan/],
  ['{"resource_changes":[]}', "plan-unreadable", /not a plan/],
  ['{"format_version":"1.2","resource_changes":{}}', "plan-unreadable", /resource_changes that are not a list/],
  ['{"format_version":"1.2","resource_changes":null}', "plan-unreadable", /resource_changes that are not a list/],
  ['{"format_version":"1.2","resource_changes":[null]}', "plan-unreadable", /not an object/],
  ['{"format_version":"1.2","resource_changes":[{"mode":"managed","change":null}]}', "plan-unreadable", /without a list of actions/],
  ['{"format_version":"1.2","resource_changes":[{"change":{"actions":"delete"}}]}', "plan-unreadable", /without a list of actions/],
  ['{"format_version":"1.2","checks":[null],"output_changes":{}}', "plan-unreadable", /another form/],
  ['{"format_version":"0.2","resource_changes":[]}', "plan-format-unsupported", /"0\.2".*reads 1\.x/],
  ['{"format_version":"2.0","resource_changes":[]}', "plan-format-unsupported", /"2\.0"/],
  ['{"format_version":"1","resource_changes":[]}', "plan-format-unsupported", /"1"/],
])("%j is refused with %s", (text, code, why) => {
  expect(() => readPlan(text, SOURCE)).toThrow(
    expect.objectContaining({ diagnostic: expect.objectContaining({ code, why: expect.stringMatching(why) as string }) as object }),
  );
});

it("a plan with a value that is nested too deeply is refused", () => {
  const depth = 200_000;
  const deep = `${"[".repeat(depth)}${"]".repeat(depth)}`;
  const change = `{"actions":["update"],"before":{"labels":${deep}},"after":{"labels":[]}}`;
  const resource = `{"address":"a.b","mode":"managed","type":"bitlift_space","change":${change}}`;
  expect(() => readPlan(`{"format_version":"1.2","resource_changes":[${resource}]}`, SOURCE)).toThrow(/nested too deeply/);
});

it.each(["1.0", "1.1", "1.2", "1.99"])("the format version %s is read", (version) => {
  expect(read({ format_version: version }).formatVersion).toBe(version);
});

it("tolerates parts that are missing, unknown, or of another form", () => {
  const plan = read({
    future_part: { a: 1 },
    resource_changes: [{}, { mode: "managed" }, integration({ actions: ["future-action"], before: null, after: null })],
    checks: "none",
    action_invocations: [{}],
    prior_state: { values: { root_module: { resources: [{}], child_modules: [{ future: true }] } } },
  });
  expect(plan.changes).toMatchObject([{ action: "none", before: undefined, after: undefined }]);
  expect(review({ plans: [plan] }).findings.map(({ code }) => code)).toEqual(["action-invoked"]);
});

it("reads deposed objects, reasons, replace paths, imports by identity, and generated configuration", () => {
  const importing = { identity: { id: "payments" } };
  const plan = read({
    resource_changes: [
      integration({ actions: ["delete"], before: { name: "Old" }, after: null }, { deposed: "abcd1234" }),
      integration(
        { actions: ["delete", "create"], before: {}, after: {}, replace_paths: [["is_default"]] },
        { action_reason: "replace_because_cannot_update" },
      ),
      integration({ actions: ["no-op"], before: {}, after: {}, importing, generated_config: "resource {}" }),
      integration({ actions: ["create", "forget"], before: {}, after: {} }),
    ],
  });
  expect(plan.changes).toMatchObject([
    { action: "delete", isDeposed: true },
    { action: "replace", createsFirst: false, replacePaths: ["is_default"], reason: "replace_because_cannot_update" },
    { action: "none", imported: '{"id":"payments"}', hasGeneratedConfiguration: true },
    { action: "create" },
  ]);
});

it("removes what the plan marks as sensitive, at any depth, and still knows that it changes", () => {
  const before = { name: "canary-1", labels: ["a", "canary-2"], description: "canary-3", nested: { deep: "canary-4", open: "shown" } };
  const after = { ...before, name: "canary-5", labels: ["a", "canary-6"] };
  const mask = { name: true, labels: [false, true], description: true, nested: { deep: true } };
  const change = { actions: ["update"], before, after, before_sensitive: mask, after_sensitive: mask };
  const values = { name: "canary-7", id: "shown" };
  const plan = read({
    resource_changes: [integration(change), integration({ ...change, before_sensitive: true, after_sensitive: true })],
    resource_drift: [integration(change)],
    prior_state: {
      values: {
        root_module: {
          child_modules: [
            { resources: [{ address: "a", mode: "managed", type: "bitlift_space", values, sensitive_values: { name: true } }] },
          ],
        },
      },
    },
    output_changes: {
      token: { actions: ["update"], before: "canary-8", after: "canary-9", before_sensitive: true, after_sensitive: true },
    },
  });
  expect(JSON.stringify(plan)).not.toContain("canary");
  expect([...(plan.changes[0]?.changed ?? [])]).toEqual(["labels", "name"]);
  expect(plan.changes[0]?.after).toMatchObject({ name: SENSITIVE, labels: ["a", SENSITIVE], nested: { deep: SENSITIVE, open: "shown" } });
  expect(plan.state).toMatchObject([{ values: { name: SENSITIVE, id: "shown" } }]);
  expect(plan.changedOutputs).toEqual(["token"]);
});

it("splits the texts of the provider, keeps those of others, and ignores lines that are not JSON", () => {
  const line = (detail: string, severity = "warning") =>
    JSON.stringify({ type: "diagnostic", diagnostic: { severity, summary: "S", detail, address: "a.b" } });
  const text = [
    "Terraform v1.11",
    line("Why.\n\nFix.\n\n(webhook-removal)\nhttps://example.com/x#y"),
    line("Other\n\ntext"),
    line("No URL.\n\nFix.\n\n(a-code)", "error"),
    '{"cut',
  ].join("\n");
  expect(readPlanLog(text, "main")).toEqual([
    { part: "main", severity: "warning", code: "webhook-removal", address: "a.b", summary: "S", why: "Why.", fix: "Fix." },
    { part: "main", severity: "warning", code: undefined, address: "a.b", summary: "S", why: "Other\n\ntext", fix: undefined },
    { part: "main", severity: "error", code: "a-code", address: "a.b", summary: "S", why: "No URL.", fix: "Fix." },
  ]);
});

it("a plan that leaves something out does not count as a plan without changes", () => {
  const plan = read({ complete: false });
  expect(review({ plans: [plan] })).toMatchObject({
    parts: [{ status: "changes" }],
    findings: [{ code: "plan-incomplete", severity: "warning", acceptable: true, subject: { key: "main" } }],
  });
  expect(review({ plans: [read({ complete: false, errored: true })] }).findings).toEqual([]);
});

it.each(ENGINES)("a plan of Terraform %s that is cut off anywhere is refused", (engine) => {
  const { plan } = goldenTexts(engine, "cloud-rename");
  for (const share of [0.1, 0.5, 0.9])
    expect(() => readPlan(plan.slice(0, plan.length * share), SOURCE)).toThrow(/plan\.json is not complete JSON/);
});

it.each(ENGINES)("the model of every plan of Terraform %s is complete", (engine) => {
  const unexplained = goldenNames(engine).flatMap(
    (name) => goldenPlan(engine, name).messages?.filter(({ severity }) => severity === "error") ?? [],
  );
  expect(unexplained).toEqual([]);
  expect(goldenNames(engine)).toHaveLength(32);
});

const line = (document: object) => `${JSON.stringify(document)}\n`;
const version = line({ type: "version", terraform: "1.11.4" });
const summary = line({ type: "change_summary", changes: { add: 0, change: 0, remove: 1 } });
const planned = (action: string, addr = "bitlift_bitbucket_cloud_integration.payments") =>
  line({ type: "planned_change", change: { resource: { addr, resource_type: addr.split(".")[0] }, action } });
const warning = line({ type: "diagnostic", diagnostic: { severity: "warning", summary: "S" } });

it.each([
  ["is complete", `${version}${planned("delete")}${summary}${warning}`, undefined],
  ["follows the text of a pipeline", `+ plan\n${version}${planned("delete")}${planned("create", "other.a")}${summary}`, undefined],
  ["is empty", "", "it is empty"],
  ["is plain text", "Warning: Stacks and modules will lose their source\n", "it has no line that says the version of the engine"],
  ["is cut off in a line", `${version}${planned("delete")}${summary}${warning.slice(0, -9)}`, "its last line is cut off"],
  ["is cut off before the changes", version, "it has no line that summarizes the changes"],
  ["is of another plan", `${version}${planned("update")}${summary}`, "its changes are not those of the plan"],
  ["is of a plan without changes", `${version}${summary}`, "its changes are not those of the plan"],
  [
    "is of a plan with more changes",
    `${version}${planned("delete")}${planned("delete", "bitlift_space.a")}${summary}`,
    "its changes are not",
  ],
])("a log that %s", (_case, log, why) => {
  const plan = read({ resource_changes: [integration({ actions: ["delete"], before: {}, after: null })] });
  const found = logProblem(log, plan);
  if (why === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(why);
});
