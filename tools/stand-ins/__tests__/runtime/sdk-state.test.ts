/** What SDK v2 stores after an apply and after a read. */
import { computed, optional, optionalComputed, UNKNOWN, type Attributes } from "../../../../packages/terraform-plugin";
import type { Values } from "../../runtime/sdk-plan";
import { appliedState, readState } from "../../runtime/sdk-state";
import { inSetOrder } from "../../runtime/set-order";

const attributes: Attributes = {
  text: optional.string("A."),
  labels: optional.set("string", "B."),
  tags: optionalComputed.set("string", "C."),
  id: computed.string("D."),
};

it("a planned null stays null for an empty list, but not for an empty text", () => {
  const state = appliedState(
    attributes,
    { text: null, labels: null, tags: UNKNOWN, id: UNKNOWN },
    { text: "", labels: [], tags: [], id: "1" },
    null,
  );
  expect(state).toEqual({ text: "", labels: null, tags: [], id: "1" });
});

it("what the provider does not set keeps its plan, and an unknown value becomes null", () => {
  expect(appliedState(attributes, { text: "a", labels: ["b"], tags: UNKNOWN, id: UNKNOWN }, {}, null)).toEqual({
    text: "a",
    labels: ["b"],
    tags: null,
    id: null,
  });
});

it("a removed text that the provider does not set is empty", () => {
  const prior = { text: "a", labels: ["b"], tags: null, id: "1" };
  expect(appliedState(attributes, { ...prior, text: null, labels: [] }, {}, prior)).toEqual({ ...prior, text: "", labels: [] });
});

it("a known set is stored as planned, whatever the provider sets", () => {
  const planned: Values = { text: "a", labels: ["b"], tags: UNKNOWN, id: UNKNOWN };
  expect(appliedState(attributes, planned, { text: "c", labels: ["d"], tags: ["e"], id: "1" }, null)).toEqual({
    text: "c",
    labels: ["b"],
    tags: ["e"],
    id: "1",
  });
});

it("in a block that the provider does not set, each value that is missing has the zero value of its type", () => {
  const nested = { id: optional.string("E."), is_default: computed.boolean("F."), name: optional.string("G.") };
  const source = { source: optional.objects(nested, "H.") };
  const planned: Values = { source: [{ id: null, is_default: UNKNOWN, name: "a" }] };
  expect(appliedState(source, planned, {}, null)).toEqual({ source: [{ id: "", is_default: false, name: "a" }] });
});

it("a read stores the empty list, and keeps what the provider does not set", () => {
  expect(readState(attributes, { text: "a", labels: null, tags: null, id: "1" }, { labels: [] })).toEqual({
    text: "a",
    labels: [],
    tags: null,
    id: "1",
  });
});

it("sets are sent in the recorded order", () => {
  const recorded = ["repo:push", "pullrequest:updated", "pullrequest:created"];
  expect(inSetOrder([...recorded].sort())).toEqual(recorded);
});
