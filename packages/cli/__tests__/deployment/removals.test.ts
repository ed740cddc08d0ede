/** The guard against a faulty file. */
import { RemovalGuard, type RemovalSources } from "../../deployment/removals";
import type { PartResult } from "../../deployment/reporter";
import { plan } from "./planned-changes";

const SPACE = "bitlift_space";

const deletions = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    address: `${SPACE}.s${index}`,
    type: SPACE,
    action: "delete" as const,
    before: undefined,
    after: undefined,
  }));
const planned = (part: string, deleted: number, existing: number): PartResult => ({
  part,
  status: deleted === 0 ? "none" : "changes",
  plan: { ...plan([], { [SPACE]: existing }), removals: deletions(deleted) },
  newKeys: [],
});
const waits = (part: string): PartResult => ({ part, status: "waits", waitsFor: [] });

function round(results: readonly PartResult[], waiting = 0): RemovalSources & { readonly read: readonly string[] } {
  const read: string[] = [];
  return {
    results,
    read,
    stateCounts(part) {
      read.push(part);
      return Promise.resolve(new Map([[SPACE, waiting]]));
    },
  };
}

it("accepts exactly the number", async () => {
  const sources = round([planned("a", 6, 8)]);
  await expect(new RemovalGuard(0.25, 6).check(sources)).resolves.toBeUndefined();
  for (const accepted of [undefined, 5, 7])
    await expect(new RemovalGuard(0.25, accepted).check(sources)).rejects.toThrow("delete 6 of 8 bitlift_space");
});

it("counts what a part without changes has, and what a waiting one has", async () => {
  await expect(new RemovalGuard(0.25, undefined).check(round([planned("a", 5, 10), planned("b", 0, 20)]))).resolves.toBeUndefined();
  const sources = round([planned("a", 5, 10), waits("b")], 10);
  await expect(new RemovalGuard(0.25, undefined).check(sources)).resolves.toBeUndefined();
  expect(sources.read).toEqual(["b"]);
});

it("reads no state if only few objects are deleted", async () => {
  const sources = round([planned("a", 4, 4), waits("b")]);
  await new RemovalGuard(0, undefined).check(sources);
  expect(sources.read).toEqual([]);
});

describe("several rounds", () => {
  const first = [planned("a", 4, 5), waits("b")];
  const second = [planned("b", 4, 5)];

  it("adds what the earlier ones deleted, and says what was not applied", async () => {
    const guard = new RemovalGuard(0.5, undefined);
    await guard.check(round(first));
    guard.applied(first);
    await expect(guard.check(round(second))).rejects.toThrow(
      "Together with the parts that are applied already, the plans delete 8 of 10 bitlift_space. The limit is 50% of the objects of one type, and the parts that waited were not applied.",
    );
  });

  it.each<[number, "accepts" | "refuses"]>([
    [8, "accepts"],
    [7, "refuses"],
    [9, "refuses"],
  ])("--accept-removals %i %s a sum of 8", async (accepted, expected) => {
    const guard = new RemovalGuard(0.5, accepted);
    await guard.check(round(first));
    guard.applied(first);
    const checked = guard.check(round(second));
    await (expected === "accepts" ? expect(checked).resolves.toBeUndefined() : expect(checked).rejects.toThrow(`accepts ${accepted}`));
  });

  it("accepts less than the number while parts wait", async () => {
    const sources = round([planned("a", 6, 8), waits("b")]);
    await expect(new RemovalGuard(0, 8).check(sources)).resolves.toBeUndefined();
    await expect(new RemovalGuard(0, 5).check(sources)).rejects.toThrow("6 of 8");
  });
});
