/** The changes of a plan as text. */
import type { PlannedChange } from "../../harness";
import { changesText, changeText } from "../plan-text";

const change = (parts: Partial<PlannedChange>): PlannedChange => ({
  address: "a.b",
  type: "a",
  actions: ["update"],
  before: {},
  after: {},
  unknown: {},
  importing: false,
  ...parts,
});

describe("the text of a change", () => {
  it.each([
    ["a create lists no attributes", change({ actions: ["create"], after: { name: "x" } }), [], "a.b: create"],
    [
      "an update shows both values",
      change({ before: { name: "x" }, after: { name: "y" } }),
      [],
      'a.b: update in place\n  name  "x" -> "y"',
    ],
    [
      "a replacement that creates first, with a value that is known after apply",
      change({ actions: ["create", "delete"], before: { id: "x", url: "u" }, after: { url: "u" }, unknown: { id: true } }),
      ["url"],
      'a.b: replace: create the new one first, then delete the old one\n  url  "u" (unchanged)\n  id   "x" -> known after apply',
    ],
    [
      "a replacement that deletes first; a watched attribute that changes is not shown as unchanged",
      change({ actions: ["delete", "create"], before: { url: "u" }, after: { url: null } }),
      ["url"],
      'a.b: replace: delete the old one first, then create the new one\n  url  "u" -> null',
    ],
    ["an unknown action is shown as it is", change({ actions: ["forget"] }), [], "a.b: forget"],
  ])("%s", (_case, planned, watched, expected) => {
    expect(changeText(planned, watched)).toBe(expected);
  });
});

it("if resources of one type change in the same way, only the first is shown in full", () => {
  const update = (address: string, parts: Partial<PlannedChange> = {}) =>
    change({ address, type: address.split(".")[0] ?? "", before: { name: "x" }, after: { name: "y" }, ...parts });
  const text = changesText([update("a.b"), update("a.c"), update("b.d"), update("a.e", { after: { name: "x", id: 1 } })]);
  expect(text.split("\n")).toEqual([
    "a.b: update in place",
    '  name  "x" -> "y"',
    "a.c: the same changes",
    "b.d: update in place",
    '  name  "x" -> "y"',
    "a.e: update in place",
    "  id  null -> 1",
  ]);
});

it("a long URL shows only its beginning and its end", () => {
  const url = "https://spacelift.example/bitbucket-cloud/012BKD71802AV7DYWA8KAR7AH5/integration/payments";
  expect(changeText(change({ before: { url }, after: { url: null } }))).toContain(
    'url  "https://spacelift.example/…/integration/payments" -> null',
  );
});
