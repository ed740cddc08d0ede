/** The benchmark's table: medians, columns, and which aims are missed. */
import { fallsShort, median, tableText, type Row } from "../table";

it.each([
  ["one value", [4], 4],
  ["an odd number, in any order", [9, 1, 5], 5],
  ["an even number", [4, 1, 3, 2], 2.5],
  ["nothing", [], NaN],
])("the median of %s", (_case, values, expected) => {
  expect(median(values)).toBe(expected);
});

it.each<[string, Partial<Row>, boolean]>([
  ["a ratio above its aim", { ratio: 4.1, aim: 4 }, true],
  ["a ratio at its aim", { ratio: 4, aim: 4 }, false],
  ["a ratio without an aim", { ratio: 9 }, false],
  ["no ratio", {}, false],
])("%s falls short: %#", (_case, parts, expected) => {
  expect(fallsShort({ what: "a", measured: "b", ...parts })).toBe(expected);
});

it("columns are aligned, and a missed aim is printed as it is", () => {
  const rows: Row[] = [
    { what: "plan", measured: "3.1 s", ratio: 4.321, aim: 4 },
    { what: "a longer name", measured: "1 s", ratio: 120.4 },
    { what: "start", measured: "80 ms", ratio: 1.5, aim: 2 },
  ];
  expect(tableText(rows).split("\n")).toEqual([
    "What           Measured  Ratio   Aim",
    "-------------  --------  -----  ----  -----------",
    "plan           3.1 s      4.32  4.00  falls short",
    "a longer name  1 s         120",
    "start          80 ms      1.50  2.00  ok",
  ]);
});
