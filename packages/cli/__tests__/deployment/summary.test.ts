/** The readable summary. */
import { countsOf, countsText, hasChanges, planText } from "../../deployment/summary";
import { paintFor } from "../../terminal";
import { change, plan } from "./planned-changes";

const PLAIN = paintFor(false);

it("names every deletion and replacement, and counts creations beyond ten", () => {
  const changes = [
    ...Array.from({ length: 30 }, (_, index) =>
      change({ address: `bitlift_space.old${index}`, action: "delete" as const, label: `Old ${index}` }),
    ),
    ...Array.from({ length: 12 }, (_, index) => change({ address: `bitlift_space.new${index}`, action: "create" as const })),
    change({ address: "bitlift_space.same" }),
  ];
  const lines = planText("main", plan(changes), PLAIN).split("\n");
  expect(lines.slice(0, 3)).toEqual([
    "main: 12 to create, 30 to delete",
    "  bitlift_space: 12 to create, 30 to delete",
    "    - bitlift_space.old0 (Old 0)",
  ]);
  expect(lines.filter((line) => line.includes("- bitlift_space.old"))).toHaveLength(30);
  expect(lines.at(-1)).toBe("    and 2 more to create or update");
});

it("lists the attributes of an update, and marks what an earlier replacement left behind", () => {
  const changes = [
    change({ address: "bitlift_space.a", action: "update", label: "A", changed: ["labels", "name"] }),
    change({ address: "bitlift_space.b", action: "delete", isDeposed: true }),
  ];
  expect(planText("main", plan(changes), PLAIN).split("\n").slice(2)).toEqual([
    "    - bitlift_space.b, left behind by an earlier replacement",
    "    ~ bitlift_space.a (A): labels, name",
  ]);
});

it("counts moves and imports, which change nothing remote", () => {
  const changes = [
    change({ address: "bitlift_space.a", movedFrom: "bitlift_space.b" }),
    change({ address: "bitlift_space.c", isImported: true }),
  ];
  expect(countsText(countsOf([plan(changes)]), PLAIN)).toBe("1 to move, 1 to import");
  expect(hasChanges(plan(changes))).toBe(true);
});

it("names moves from key to key", () => {
  const changes = [
    change({ address: "bitlift_space.space-payments_0123ABCD", movedFrom: "bitlift_space.space-billing_89ABCDEF", label: "Payments" }),
    change({ address: "bitlift_space.other", movedFrom: "bitlift_space.former" }),
  ];
  expect(planText("main", plan(changes), PLAIN).split("\n")).toEqual([
    "main: 2 to move",
    "  bitlift_space: 2 to move",
    "    > billing to payments (Payments)",
    "    > bitlift_space.former to bitlift_space.other",
  ]);
});

it("says that only outputs change, and that nothing changes", () => {
  expect(planText("main", { ...plan([]), changesOutputs: true }, PLAIN)).toBe("main: outputs change");
  expect(planText("main", plan([change({ address: "bitlift_space.a" })]), PLAIN)).toBe("main: no changes");
  expect(hasChanges(plan([]))).toBe(false);
});

it("names a move to another provider by both addresses, because the key stays", () => {
  const name = "space-payments_0123ABCD";
  const moved = change({
    address: `bitlift_space.${name}`,
    type: "bitlift_space",
    movedFrom: `spacelift_space.${name}`,
    label: "Payments",
  });
  expect(planText("main", plan([moved]), PLAIN).split("\n")).toEqual([
    "main: 1 to move",
    "  bitlift_space: 1 to move",
    `    > spacelift_space.${name} to bitlift_space.${name} (Payments)`,
  ]);
});
