/** Results of handlers and stored states take the exact shape of the schema. */
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
const faultsOf = (given: unknown, options = { unknown: false, missing: false }) =>
  conform(attributes, given, options).faults.map(({ at, text }) => `${at.join(".")} ${text}`);

it("a complete result passes, without surplus attributes and without anything write-only", () => {
  const { value, faults } = conform(
    attributes,
    { ...whole, token: "secret", inner: { id: "1", secret: "s" }, surplus: 1 },
    { unknown: false, missing: false },
  );
  expect(faults).toEqual([]);
  expect(value).toEqual({ ...whole, token: null, inner: { id: "1", secret: null } });
});

it("an element of a set counts once", () => {
  expect(conform(attributes, { ...whole, tags: ["b", "a", "b"] }, { unknown: false, missing: false }).value.tags).toEqual(["b", "a"]);
});

it("elements of a set that are undecided stay as many as they are", () => {
  const tags = ["b", UNKNOWN, "b", UNKNOWN];
  expect(conform(attributes, { ...whole, tags }, { unknown: true, missing: false }).value.tags).toEqual(["b", UNKNOWN, UNKNOWN]);
});

it.each<[string, unknown, readonly string[]]>([
  ["undefined", { ...whole, size: undefined }, ["size is missing (undefined)"]],
  ["a left-out attribute", { ...whole, many: [{}] }, ["many.0.id is missing (undefined)"]],
  [
    "a value of another kind",
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
  ["a number that is none", { ...whole, size: NaN }, ["size is not a number"]],
  [
    "something undecided",
    { ...whole, name: UNKNOWN, many: [{ id: UNKNOWN }] },
    ["name is still undecided", "many.0.id is still undecided"],
  ],
  [
    "nothing",
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
])("%s is named, and null in the value", (_name, given, faults) => {
  expect(faultsOf(given)).toEqual(faults);
});

it("a plan may be undecided, a stored state may lack attributes", () => {
  expect(faultsOf({ ...whole, name: UNKNOWN }, { unknown: true, missing: false })).toEqual([]);
  expect(conform(attributes, { name: "n" }, { unknown: false, missing: true })).toEqual({
    faults: [],
    value: { name: "n", size: null, tags: null, inner: null, many: null, token: null, labels: null },
  });
});

describe("equality", () => {
  const base: ObjectValue = { ...whole, token: null };
  it.each<[string, ObjectValue, boolean]>([
    ["the same", { ...base }, true],
    ["a set in another order, with repetitions", { ...base, tags: ["a", "a"] }, true],
    ["a set with another element", { ...base, tags: ["a", "b"] }, false],
    ["a number in another form", { ...base, size: new ExactNumber("1.0") }, true],
    ["another nested value", { ...base, many: [{ id: "2" }] }, false],
    ["another length of a list", { ...base, many: [] }, false],
    ["null for a value", { ...base, labels: null }, false],
    ["another key of a map", { ...base, labels: { b: "b" } }, false],
    ["something undecided", { ...base, name: UNKNOWN }, false],
    ["surplus attributes, which the schema does not have", { ...base, surplus: 1 }, true],
  ])("%s: %#", (_name, other, expected) => {
    expect(sameObject(attributes, base, other)).toBe(expected);
    expect(sameObject(attributes, other, base)).toBe(expected);
  });

  it("undecided equals undecided, so that a plan can be compared with itself", () => {
    expect(sameValue({ list: "string" }, ["a", UNKNOWN], ["a", UNKNOWN])).toBe(true);
  });
});

it("texts at sensitive and write-only attributes are found, and taken out of messages, longest first", () => {
  const secret: Attributes = { ...attributes, list: optional.list("string", "K.", { sensitive: true }) };
  const found = secretsIn(secret, { token: "abc", inner: { id: "visible", secret: "abcdef" }, list: ["x1", "y2"], name: "visible" });
  expect([...found].sort()).toEqual(["abc", "abcdef", "x1", "y2"]);
  expect(redact("abcdef abc visible x1", found)).toBe("(hidden) (hidden) visible (hidden)");
});
