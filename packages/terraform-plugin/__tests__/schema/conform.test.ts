/** Results of handlers and stored states are converted to the exact shape of the schema. */
import { computed, optional, required, UNKNOWN, writeOnly, type Attributes } from "../..";
import { conform } from "../../schema/conform";
import { sameObject, sameValue } from "../../schema/equal";
import { redact, secretsIn } from "../../schema/secrets";
import { ExactNumber, type ObjectValue } from "../../schema/value";

const attributes: Attributes = {
  name: required.string("A."),
  size: optional.number("B."),
  tags: optional.set("string", "C."),
  inner: optional.object({ id: computed.string("D."), secret: writeOnly.string("E.") }, "F."),
  many: optional.objects({ id: computed.string("G.") }, "H."),
  token: writeOnly.string("I."),
  labels: optional.map("string", "J."),
};
const whole = { name: "n", size: 1, tags: ["a"], inner: null, many: [{ id: "1" }], labels: { a: "b" } };
const mismatchesOf = (given: unknown, options = { unknown: false, missing: false }) =>
  conform(attributes, given, options).mismatches.map(({ at, text }) => `${at.join(".")} ${text}`);

it("a complete result passes; additional attributes are dropped, and write-only ones are null", () => {
  const { value, mismatches } = conform(
    attributes,
    { ...whole, token: "secret", inner: { id: "1", secret: "s" }, surplus: 1 },
    { unknown: false, missing: false },
  );
  expect(mismatches).toEqual([]);
  expect(value).toEqual({ ...whole, token: null, inner: { id: "1", secret: null } });
});

it.each([[null], [undefined], [[]]])("without blocks (%j), a list of blocks is empty", (given) => {
  const blocks: Attributes = { rules: { ...optional.objects({ id: computed.string("A.") }, "B."), asBlocks: {} } };
  const { value, mismatches } = conform(blocks, { rules: given }, { unknown: false, missing: false });
  expect([value, mismatches]).toEqual([{ rules: [] }, []]);
});

it("repeated elements of a set are removed", () => {
  expect(conform(attributes, { ...whole, tags: ["b", "a", "b"] }, { unknown: false, missing: false }).value.tags).toEqual(["b", "a"]);
});

it("a set keeps each of its unknown elements", () => {
  const tags = ["b", UNKNOWN, "b", UNKNOWN];
  expect(conform(attributes, { ...whole, tags }, { unknown: true, missing: false }).value.tags).toEqual(["b", UNKNOWN, UNKNOWN]);
});

it.each<[string, unknown, readonly string[]]>([
  ["undefined", { ...whole, size: undefined }, ["size is missing (undefined)"]],
  ["an absent attribute", { ...whole, many: [{}] }, ["many.0.id is missing (undefined)"]],
  [
    "a value of another type",
    { ...whole, name: 1, size: "1", tags: "a", inner: [], many: {}, labels: ["x"] },
    [
      "name is not a string",
      "size is not a number",
      "tags is not a list",
      "inner is not an object",
      "many is not a list",
      "labels is not an object",
    ],
  ],
  ["NaN", { ...whole, size: NaN }, ["size is not a number"]],
  ["an unknown value", { ...whole, name: UNKNOWN, many: [{ id: UNKNOWN }] }, ["name is still unknown", "many.0.id is still unknown"]],
  [
    "null",
    null,
    [
      " is not an object",
      "name is missing (undefined)",
      "size is missing (undefined)",
      "tags is missing (undefined)",
      "inner is missing (undefined)",
      "many is missing (undefined)",
      "labels is missing (undefined)",
    ],
  ],
])("%s is reported by its path", (_name, given, mismatches) => {
  expect(mismatchesOf(given)).toEqual(mismatches);
});

it("a plan may contain unknown values, and a stored state may lack attributes", () => {
  expect(mismatchesOf({ ...whole, name: UNKNOWN }, { unknown: true, missing: false })).toEqual([]);
  expect(conform(attributes, { name: "n" }, { unknown: false, missing: true })).toEqual({
    mismatches: [],
    value: { name: "n", size: null, tags: null, inner: null, many: null, token: null, labels: null },
  });
});

describe("equality", () => {
  const base: ObjectValue = { ...whole, token: null };
  it.each<[string, ObjectValue, boolean]>([
    ["equal values", { ...base }, true],
    ["a set in another order, with repetitions", { ...base, tags: ["a", "a"] }, true],
    ["a set with another element", { ...base, tags: ["a", "b"] }, false],
    ["a number in another form", { ...base, size: new ExactNumber("1.0") }, true],
    ["another nested value", { ...base, many: [{ id: "2" }] }, false],
    ["another length of a list", { ...base, many: [] }, false],
    ["null instead of a value", { ...base, labels: null }, false],
    ["another key of a map", { ...base, labels: { b: "b" } }, false],
    ["an unknown value", { ...base, name: UNKNOWN }, false],
    ["additional attributes that the schema does not have", { ...base, surplus: 1 }, true],
  ])("of %s", (_name, other, expected) => {
    expect(sameObject(attributes, base, other)).toBe(expected);
    expect(sameObject(attributes, other, base)).toBe(expected);
  });

  it("unknown equals unknown, so that a plan equals itself", () => {
    expect(sameValue({ shape: "list", element: { shape: "string" } }, ["a", UNKNOWN], ["a", UNKNOWN])).toBe(true);
  });
});

it("secrets at sensitive and write-only attributes are found, and removed from messages, longest first", () => {
  const withList: Attributes = { ...attributes, list: optional.list("string", "K.", { sensitive: true }) };
  const found = secretsIn(withList, { token: "abc", inner: { id: "visible", secret: "abcdef" }, list: ["x1", "y2"], name: "visible" });
  expect([...found].sort()).toEqual(["abc", "abcdef", "x1", "y2"]);
  expect(redact("abcdef abc visible x1", found)).toBe("(hidden) (hidden) visible (hidden)");
});
