/** The gate: what blocks, what is accepted, and a change that tries to excuse itself. */
import type { Acceptance } from "../../../configuration";
import type { FindingCode } from "../../catalog";
import { NOBODY, type Finding, type Severity } from "../../finding";
import { isAcceptance } from "../../gate/acceptance";
import { parseFailOn } from "../../gate/fail-on";
import { fingerprintOf } from "../../gate/fingerprint";
import { judge } from "../../gate/judge";
import { countedLimit, DEFAULT_RULES, type FileRules, type GatePolicy } from "../../gate/policy";

const TODAY = "2026-11-30";

function finding(code: FindingCode, severity: Severity, key: string, changes: Partial<Finding> = {}): Finding {
  const subject = { key, kind: "integration", name: key, part: "main", address: key, place: undefined, construct: undefined } as const;
  return {
    code,
    severity,
    subject,
    what: `${code} of ${key}.`,
    affected: NOBODY,
    todo: undefined,
    details: [],
    acceptable: true,
    ...changes,
  };
}

function accept(text: string, until?: string): Acceptance {
  return { finding: text, note: "agreed", until, place: { file: "bitlift.yaml", line: 3, column: 5 } };
}

const rules = (...list: readonly Acceptance[]): FileRules => ({ accept: list, mostRemovals: 0.25 });

function policy(changes: Partial<GatePolicy> = {}): GatePolicy {
  return {
    failOn: parseFailOn(["danger"]),
    today: TODAY,
    commandLine: [],
    head: rules(),
    base: rules(),
    acceptFromHead: false,
    acceptsRemovals: false,
    known: new Set(),
    isPartial: false,
    ...changes,
  };
}

const deleted = finding("integration-deleted", "danger", "payments");
const verdictOf = (changes: Partial<GatePolicy>, subject = deleted) =>
  judge([subject], policy(changes)).findings.find(({ code }) => code === subject.code)?.verdict;
const codesOf = (changes: Partial<GatePolicy>) => judge([deleted], policy(changes)).findings.map(({ code }) => code);

it.each<[readonly string[], string]>([
  [["danger"], "blocks"],
  [["warning"], "blocks"],
  [["integration-deleted"], "blocks"],
  [["webhook-deleted,integration-deleted"], "blocks"],
  [["integration-renamed"], "open"],
  [[], "open"],
])("--fail-on %j: %s", (words, verdict) => {
  expect(verdictOf({ failOn: parseFailOn(words) })).toBe(verdict);
});

it("--fail-on danger lets a warning pass", () => {
  expect(verdictOf({}, finding("secret-rotated", "warning", "payments"))).toBe("open");
});

it("names what --fail-on does not know", () => {
  expect(parseFailOn(["danger", "Danger", "integration-delete", "__proto__", "constructor"]).unknown).toEqual([
    "Danger",
    "integration-delete",
    "__proto__",
    "constructor",
  ]);
});

it("removals over the limit block without --fail-on, and are accepted by their exact number", () => {
  const over = finding("removals-over-limit", "danger", "bitlift_space");
  expect(verdictOf({ failOn: parseFailOn([]) }, over)).toBe("blocks");
  expect(verdictOf({ acceptsRemovals: true }, over)).toBe("accepted");
});

it("an acceptance of the command line or of the base counts, with its note", () => {
  const given = { finding: "integration-deleted:payments", note: "moved", until: undefined, place: undefined };
  expect(judge([deleted], policy({ commandLine: [given] })).findings[0]).toMatchObject({ verdict: "accepted", note: "moved" });
  const agreed = rules(accept("integration-deleted:payments"));
  expect(judge([deleted], policy({ head: agreed, base: agreed }))).toMatchObject({
    blocked: false,
    findings: [{ verdict: "accepted", note: "agreed" }],
  });
});

it("what blocks only by its code can be accepted", () => {
  const agreed = rules(accept("integration-deleted:payments"));
  const changes = { failOn: parseFailOn(["integration-deleted"]), head: agreed, base: agreed };
  expect(verdictOf(changes, { ...deleted, severity: "info", acceptable: false })).toBe("accepted");
});

it("what cannot be accepted is not", () => {
  const agreed = rules(accept("integration-deleted:payments"));
  expect(verdictOf({ head: agreed, base: agreed }, { ...deleted, acceptable: false })).toBe("blocks");
});

it("a finding that the base has too is known, and blocks nothing", () => {
  expect(judge([deleted], policy({ known: new Set([fingerprintOf(deleted)]) }))).toMatchObject({
    blocked: false,
    findings: [{ verdict: "known" }],
  });
});

it.each<[string, Partial<Finding>]>([
  ["another object", { subject: { ...deleted.subject, address: "other" } }],
  ["something else", { what: "The integration is deleted for good." }],
  ["more severe", { severity: "warning" }],
  ["one stack more", { affected: { ...NOBODY, consumers: [{ kind: "stack", id: "s", name: "S", space: undefined }] } }],
  ["one repository more", { affected: { ...NOBODY, repositories: ["acme/a"] } }],
])("a finding that is not quite that of the base is new: %s", (_case, change) => {
  expect(verdictOf({ known: new Set([fingerprintOf({ ...deleted, ...change })]) })).toBe("blocks");
});

describe("a change that tries to excuse itself is blocked, and its attempt is a finding", () => {
  const own = accept("integration-deleted:payments");

  it.each<[string, Partial<GatePolicy>]>([
    ["a new entry", { head: rules(own) }],
    ["a new entry among others", { head: rules(accept("webhook-deleted:x"), own), base: rules(accept("webhook-deleted:x")) }],
    ["the same entry twice", { head: rules(own, own) }],
    ["an entry without an end instead of an expired one", { head: rules(own), base: rules(accept(own.finding, "2026-11-29")) }],
    ["a later end", { head: rules(accept(own.finding, "9999-12-31")), base: rules(accept(own.finding, "2026-11-29")) }],
    ["a base that does not have the file", { head: rules(own), base: DEFAULT_RULES }],
  ])("%s", (_case, changes) => {
    expect(verdictOf(changes)).toBe("blocks");
    expect(codesOf(changes)).toContain("accepted-in-this-change");
  });

  it.each([
    "integration-deleted:*",
    "*:payments",
    "integration-deleted:Payments",
    "INTEGRATION-DELETED:payments",
    "integration-deleted:payments ",
  ])("a pattern or another spelling names nothing: %s", (text) => {
    const both = rules(accept(text));
    expect(verdictOf({ head: both, base: both })).toBe("blocks");
    expect(codesOf({ head: both, base: both })).toContain("acceptance-stale");
  });

  it("without a base, the file does not count at all", () => {
    const { findings } = judge([deleted], policy({ head: rules(own), base: undefined }));
    expect(findings).toMatchObject([{ verdict: "blocks", details: ["The file accepts this, but without --base only --accept counts."] }]);
  });

  it("--accept-from-head lets it pass, and still says so", () => {
    const changes = { head: rules(own), acceptFromHead: true };
    expect(verdictOf(changes)).toBe("accepted");
    expect(codesOf(changes)).toContain("accepted-in-this-change");
  });

  it("the finding about the attempt cannot be accepted", () => {
    const attempt = accept("accepted-in-this-change:integration-deleted:payments");
    const { findings } = judge([deleted], policy({ failOn: parseFailOn(["warning"]), head: rules(own, attempt), base: rules(attempt) }));
    expect(findings.find(({ code }) => code === "accepted-in-this-change")).toMatchObject({ verdict: "blocks" });
  });

  it("a raised limit on removals does not count, and is a finding", () => {
    const raised = { head: { accept: [], mostRemovals: 1 }, base: { accept: [], mostRemovals: 0.1 } };
    expect(countedLimit({ ...raised, acceptFromHead: false })).toBe(0.1);
    expect(countedLimit({ ...raised, acceptFromHead: true })).toBe(1);
    expect(countedLimit({ head: raised.head, base: undefined, acceptFromHead: false })).toBe(0.25);
    const { findings } = judge([], policy(raised));
    expect(findings).toMatchObject([{ code: "accepted-in-this-change", what: expect.stringContaining("from 10% to 100%") as string }]);
  });
});

it("an acceptance counts on its last day, and not on the next", () => {
  const until = (date: string) => rules(accept("integration-deleted:payments", date));
  expect(verdictOf({ head: until(TODAY), base: until(TODAY) })).toBe("accepted");
  const expired = { head: until("2026-11-29"), base: until("2026-11-29") };
  expect(verdictOf(expired)).toBe("blocks");
  expect(codesOf(expired)).toContain("acceptance-expired");
});

it("an acceptance that matches nothing is a finding, unless parts are missing", () => {
  const stale = rules(accept("integration-deleted:ledger"));
  expect(codesOf({ head: stale, base: stale })).toContain("acceptance-stale");
  expect(codesOf({ head: stale, base: stale, isPartial: true })).not.toContain("acceptance-stale");
});

it.each([
  ["integration-deleted:payments", true],
  ["plan-warning:payments/acme:x", true],
  ["integration-deleted", false],
  ["integration-deleted:", false],
  [":payments", false],
  ["no-such-code:payments", false],
])("--accept %s: %s", (text, expected) => {
  expect(isAcceptance(text)).toBe(expected);
});

it.each<[string, Partial<Finding["subject"]>, FileRules["keys"], string]>([
  ["the object that has the key on the base", {}, { Space: new Set(), integration: new Set(["payments"]) }, "accepted"],
  ["a new object, which was accepted before", {}, { Space: new Set(), integration: new Set() }, "accepted"],
  ["objects of both kinds that have the key", {}, { Space: new Set(["payments"]), integration: new Set(["payments"]) }, "accepted"],
  ["an integration with the key of a Space", {}, { Space: new Set(["payments"]), integration: new Set() }, "blocks"],
  ["a Space with the key of an integration", { kind: "Space" }, { Space: new Set(), integration: new Set(["payments"]) }, "blocks"],
  ["an object that takes the key", { hasNewKey: true }, { Space: new Set(), integration: new Set(["payments"]) }, "blocks"],
  ["an object that takes the key, without a file of the base", { hasNewKey: true }, undefined, "blocks"],
])("an acceptance of the base and %s", (_case, subject, keys, verdict) => {
  const agreed = rules(accept("integration-deleted:payments"));
  const changed = { ...deleted, subject: { ...deleted.subject, ...subject } };
  const changes = { head: agreed, base: { ...agreed, ...(keys && { keys }) } };
  expect(verdictOf(changes, changed)).toBe(verdict);
  // Who writes the option has seen the finding.
  const given = { finding: "integration-deleted:payments", note: "moved", until: undefined, place: undefined };
  expect(verdictOf({ ...changes, commandLine: [given] }, changed)).toBe("accepted");
  if (verdict === "blocks") {
    const details = ["The file accepts this for the object that had the key on the base, so it does not count for this one."];
    expect(judge([changed], policy(changes)).findings[0]).toMatchObject({ details });
  }
});

it("rules of other files of the base are a finding", () => {
  const base = { ...rules(), mostRemovals: 0.1, caveat: "main has no file of the project in new/, but infra/bitlift.yaml." };
  expect(judge([], policy({ base, failOn: parseFailOn(["warning"]) })).findings).toMatchObject([
    { code: "accepted-in-this-change" },
    {
      code: "base-file-missing",
      verdict: "blocks",
      acceptable: false,
      what: "main has no file of the project in new/, but infra/bitlift.yaml. The review counts with a limit on removals of 10%, and with no acceptance.",
    },
  ]);
});
