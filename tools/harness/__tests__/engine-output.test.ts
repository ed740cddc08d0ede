/** Plans, diagnostics and progress messages, read from the output of an engine. */
import { changedAttributes, changesIn, codeOf, diagnosticsIn, progressIn, readPlan } from "..";

const change = (actions: readonly string[], parts: object = {}) => ({ actions, before: {}, after: {}, after_unknown: {}, ...parts });

const PLAN = JSON.stringify({
  resource_changes: [
    {
      address: "a.b",
      type: "a",
      mode: "managed",
      change: change(["create"], { before: null, after: { name: "x" }, after_unknown: { id: true, labels: [] } }),
    },
    { address: "data.a.b", type: "a", mode: "data", change: change(["read"]) },
    { address: "a.c", type: "a", mode: "managed", change: change(["no-op"]) },
    { address: "a.d", type: "a", mode: "managed", change: change(["no-op"], { importing: { id: "1" } }) },
  ],
});

describe("a plan", () => {
  it("contains every managed resource; its changes include imports", () => {
    const plan = readPlan(PLAN);
    expect(plan.map(({ address }) => address)).toEqual(["a.b", "a.c", "a.d"]);
    expect(changesIn(plan).map(({ address, importing }) => [address, importing])).toEqual([
      ["a.b", false],
      ["a.d", true],
    ]);
  });

  it("without resources has no changes", () => {
    expect(readPlan("{}")).toEqual([]);
  });

  it("lists as changed the attributes that differ or are known after apply, and compares partly unknown attributes by value", () => {
    expect(changedAttributes(readPlan(PLAN)[0])).toEqual(["id", "name"]);
    const parts = { importing: false, actions: ["update"], address: "a.b", type: "a" };
    const before = { a: 1, b: ["x"], c: "same", e: null };
    expect(changedAttributes({ ...parts, before, after: { a: 2, b: ["x"], c: "same" }, unknown: { d: true } })).toEqual(["a", "d"]);
  });
});

it("diagnostics are read from the messages, and other text is ignored", () => {
  const message = (content: object) => JSON.stringify({ "@level": "warn", ...content });
  const diagnostic = { severity: "warning", summary: "S", detail: "D\n\n(some-code)", address: "a.b", snippet: { code: ' "name": 1 ' } };
  const lines = ["Some text", "{", message({ type: "planned_change" }), message({ type: "diagnostic", diagnostic }), '{"@level":"in'];
  const { snippet: _, ...expected } = diagnostic;
  const found = diagnosticsIn(lines.join("\n"));
  expect(found).toEqual([{ ...expected, attribute: '"name": 1' }]);
  expect(found.map(codeOf)).toEqual(["some-code"]);
});

it("progress messages contain the resource and the action", () => {
  const hook = { resource: { addr: "a.b" }, action: "create" };
  const output = `${JSON.stringify({ "@level": "info", type: "apply_start", hook })}\n`;
  expect(progressIn(output)).toEqual([{ type: "apply_start", address: "a.b", action: "create" }]);
});
