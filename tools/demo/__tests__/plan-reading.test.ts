/** A plan's JSON as lines for a person. */
import { changesIn, changesText, changeText, diagnosticsIn, differences, readPlan, type PlannedChange } from "../plan-reading";

const change = (parts: Partial<PlannedChange>): PlannedChange => ({
  address: "a.b",
  actions: ["update"],
  before: {},
  after: {},
  unknown: new Set(),
  ...parts,
});

it("reads managed resources and what is unknown; a nested unknown is not the whole attribute", () => {
  const json = JSON.stringify({
    resource_changes: [
      {
        address: "a.b",
        mode: "managed",
        change: { actions: ["create"], before: null, after: { name: "x" }, after_unknown: { id: true, labels: [] } },
      },
      { address: "data.a.b", mode: "data", change: { actions: ["read"], before: null, after: {}, after_unknown: {} } },
      { address: "a.c", mode: "managed", change: { actions: ["no-op"], before: { id: "1" }, after: { id: "1" }, after_unknown: {} } },
    ],
  });
  const plan = readPlan(json);
  expect(plan.map(({ address }) => address)).toEqual(["a.b", "a.c"]);
  expect([...(plan[0]?.unknown ?? [])]).toEqual(["id"]);
  expect(changesIn(plan).map(({ address }) => address)).toEqual(["a.b"]);
});

it("a plan without resources has no changes", () => {
  expect(readPlan("{}")).toEqual([]);
});

it("differences are values that change, and values that are not known yet", () => {
  const parts = { before: { a: 1, b: ["x"], c: "same", e: null }, after: { a: 2, b: ["x"], c: "same" }, unknown: new Set(["d"]) };
  expect(differences(change(parts))).toEqual(["a", "d"]);
});

describe("a change as text", () => {
  it.each([
    ["a create names no attributes", change({ actions: ["create"], after: { name: "x" } }), [], "a.b: create"],
    [
      "an update shows before and after",
      change({ before: { name: "x" }, after: { name: "y" } }),
      [],
      'a.b: update in place\n  name  "x" -> "y"',
    ],
    [
      "a replacement that creates first, with a value that is decided later",
      change({ actions: ["create", "delete"], before: { id: "x", url: "u" }, after: { url: "u" }, unknown: new Set(["id"]) }),
      ["url"],
      'a.b: replace: create the new one first, then delete the old one\n  url  "u" (unchanged)\n  id   "x" -> known after apply',
    ],
    [
      "a replacement that deletes first; a watched attribute that changes is not called unchanged",
      change({ actions: ["delete", "create"], before: { url: "u" }, after: { url: null } }),
      ["url"],
      'a.b: replace: delete the old one first, then create the new one\n  url  "u" -> null',
    ],
    ["an action that has no words yet", change({ actions: ["forget"] }), [], "a.b: forget"],
  ])("%s", (_case, given, watched, expected) => {
    expect(changeText(given, watched)).toBe(expected);
  });
});

it("of resources of one type that change in the same way, the first is shown in full", () => {
  const one = (address: string, parts: Partial<PlannedChange>) =>
    change({ address, before: { name: "x" }, after: { name: "y" }, ...parts });
  const text = changesText([one("a.b", {}), one("a.c", {}), one("b.d", {}), one("a.e", { after: { name: "x", id: 1 } })]);
  expect(text.split("\n")).toEqual([
    "a.b: update in place",
    '  name  "x" -> "y"',
    "a.c: likewise",
    "b.d: update in place",
    '  name  "x" -> "y"',
    "a.e: update in place",
    "  id  null -> 1",
  ]);
});

it("of a long address only the beginning and the end are shown", () => {
  const url = "https://spacelift.example/bitbucket-cloud/012BKD71802AV7DYWA8KAR7AH5/integration/payments";
  expect(changeText(change({ before: { url }, after: { url: null } }))).toContain(
    'url  "https://spacelift.example/…/integration/payments" -> null',
  );
});

it("diagnostics are picked out of the engine's output", () => {
  const said = { severity: "warning", summary: "S", detail: "D" };
  const output = [
    "Some text",
    JSON.stringify({ type: "planned_change" }),
    JSON.stringify({ type: "diagnostic", diagnostic: said }),
    "",
  ].join("\n");
  expect(diagnosticsIn(output)).toEqual([said]);
});
