/** The order in which plans are applied, and what runs at the same time. */
import { applyOrder } from "../../deployment/apply-order";
import type { OrderedPart } from "../../deployment/parts";
import type { PlannedChange } from "../../deployment/plan-json";
import type { PartResult } from "../../deployment/reporter";
import { change, plan } from "./planned-changes";

const part = (name: string, ...after: readonly string[]): OrderedPart => ({
  name,
  after,
  folder: name,
  file: name,
  dependencies: [],
  lookedUp: undefined,
});
const changes = (name: string, ...planned: readonly PlannedChange[]): PartResult => ({
  part: name,
  status: "changes",
  plan: plan(planned),
  newKeys: [],
});
const webhook = (repository: string, action: PlannedChange["action"] = "create") =>
  change({ address: `bitlift_bitbucket_cloud_webhook.${repository}`, label: `acme/${repository}`, action });
const integration = (name: string, fields: Partial<PlannedChange> = {}) =>
  change({ address: `bitlift_bitbucket_cloud_integration.${name}`, label: name, action: "create", ...fields });
const space = (action: PlannedChange["action"]) => change({ address: "bitlift_space.s", label: "S", action });

const order = (parts: readonly OrderedPart[], ...results: readonly PartResult[]) =>
  applyOrder(parts, results).map(({ name, after }) => [name, after]);

it("parts with other objects do not wait for each other", () => {
  expect(order([part("a"), part("b")], changes("a", webhook("x")), changes("b", webhook("y")))).toEqual([
    ["a", []],
    ["b", []],
  ]);
});

it("leaves out parts without changes, and parts that wait", () => {
  const none: PartResult = { part: "a", status: "none", plan: plan([]), newKeys: [] };
  const waits: PartResult = { part: "b", status: "waits", waitsFor: [] };
  expect(order([part("a"), part("b"), part("c")], none, waits, changes("c", webhook("x")))).toEqual([["c", []]]);
});

it("a part whose Spaces are deleted comes after all others, even those that come after it otherwise", () => {
  const parts = [part("spaces"), part("a", "spaces"), part("b")];
  expect(order(parts, changes("spaces", space("delete")), changes("a", webhook("x")), changes("b", webhook("y")))).toEqual([
    ["a", ["spaces"]],
    ["b", []],
    ["spaces", ["a", "b"]],
  ]);
});

it("a part whose Spaces are created comes first", () => {
  const parts = [part("spaces"), part("a", "spaces")];
  expect(order(parts, changes("spaces", space("create")), changes("a", webhook("x")))).toEqual([
    ["spaces", []],
    ["a", ["spaces"]],
  ]);
});

it.each<[string, PlannedChange, PlannedChange]>([
  ["an integration that moves", integration("Payments", { action: "delete" }), integration("Payments")],
  ["an integration whose name differs only in case", integration("payments", { action: "delete" }), integration("Payments")],
  ["webhooks of one repository", webhook("x"), webhook("x", "update")],
  ["the default integration", integration("A", { action: "replace", isDefault: true }), integration("B", { isDefault: true })],
])("parts that concern the same object stay one after the other: %s", (_case, first, second) => {
  expect(order([part("a"), part("b")], changes("a", first), changes("b", second))).toEqual([
    ["a", []],
    ["b", ["a"]],
  ]);
});

it("an object without a change is not a reason to wait", () => {
  expect(
    order([part("a"), part("b")], changes("a", webhook("x"), change({ ...webhook("z"), action: undefined })), changes("b", webhook("z"))),
  ).toEqual([
    ["a", []],
    ["b", []],
  ]);
});

describe("an integration that moves to an earlier part", () => {
  const taker = changes("a", integration("Payments"));
  const giver = changes("b", integration("Payments", { action: "delete" }));

  it("is deleted first, because its name is unique", () => {
    expect(order([part("a"), part("b"), part("c", "a")], taker, giver, changes("c", webhook("x")))).toEqual([
      ["b", []],
      ["a", ["b"]],
      ["c", ["a"]],
    ]);
  });

  it("is deleted later if the other part needs the earlier one", () => {
    expect(order([part("a"), part("b", "a")], taker, giver)).toEqual([
      ["a", []],
      ["b", ["a"]],
    ]);
  });
});
