/** The table of the benchmark: medians, columns, and missed targets. */
import { missesTarget, median, tableText, type Row } from "../table";

it.each([
  ["one value", [4], 4],
  ["an odd number of values, in any order", [9, 1, 5], 5],
  ["an even number of values", [4, 1, 3, 2], 2.5],
  ["an empty list", [], NaN],
])("the median of %s", (_case, values, expected) => {
  expect(median(values)).toBe(expected);
});

it.each<[string, Partial<Row>, boolean]>([
  ["a ratio above its target", { ratio: 4.1, target: 4 }, true],
  ["a ratio at its target", { ratio: 4, target: 4 }, false],
  ["a ratio without a target", { ratio: 9 }, false],
  ["no ratio", {}, false],
])("%s is reported as missed only above the target", (_case, parts, expected) => {
  expect(missesTarget({ what: "a", measured: "b", ...parts })).toBe(expected);
});

it("columns are aligned, and a missed target is marked", () => {
  const rows: Row[] = [
    { what: "plan", measured: "3.1 s", ratio: 4.321, target: 4 },
    { what: "a longer name", measured: "1 s", ratio: 120.4 },
    { what: "start", measured: "80 ms", ratio: 1.5, target: 2 },
  ];
  expect(tableText(rows).split("\n")).toEqual([
    "What           Measured  Ratio  Target",
    "-------------  --------  -----  ------  ------",
    "plan           3.1 s      4.32    4.00  missed",
    "a longer name  1 s         120",
    "start          80 ms      1.50    2.00  ok",
  ]);
});
