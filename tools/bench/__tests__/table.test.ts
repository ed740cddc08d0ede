/** Tables: columns, details, missed targets and exceeded limits. */
import { comparisonRow, comparisonTable, exceedsLimit } from "../comparison";
import { missesTarget, resultTable, type Row } from "../result-row";

it.each<[string, Partial<Row>, boolean]>([
  ["a result above its target", { result: 4.1, target: 4 }, true],
  ["a result at its target", { result: 4, target: 4 }, false],
  ["a result without a target", { result: 9 }, false],
  ["a target without a result", { target: 9 }, false],
  ["no result", {}, false],
])("%s is reported as missed only above the target", (_case, parts, expected) => {
  expect(missesTarget({ what: "a", measured: "b", ...parts })).toBe(expected);
});

it("columns are aligned, details are indented, and a missed target is marked", () => {
  const rows: Row[] = [
    { what: "plan", measured: "3.1 s" },
    { subject: "plan", what: "relative to nothing", measured: "", result: 4.321, target: 4 },
    { what: "a name", measured: "1 s", result: 120.4 },
    { what: "start", measured: "80 ms", result: 1.5, target: 2 },
    { what: "memory", measured: "131 MB", result: 131.4, unit: "MB", target: 150 },
  ];
  expect(resultTable(rows).split("\n")).toEqual([
    "What                   Measured  Result  Target",
    "---------------------  --------  ------  ------  ------",
    "plan                   3.1 s",
    "  relative to nothing              4.32    4.00  missed",
    "a name                 1 s          120",
    "start                  80 ms       1.50    2.00  ok",
    "memory                 131 MB    131 MB  150 MB  ok",
  ]);
});

const LIMIT = 1.25;

it("a comparison shows the medians of both, the median ratio of the rounds, and whether it exceeds the limit", () => {
  const rows = [
    comparisonRow({ what: "plan" }, { ours: [1, 9, 2], reference: [1, 9, 4], unit: "s", limit: LIMIT }),
    comparisonRow({ what: "processor time", subject: "plan" }, { ours: [3], reference: [2], unit: "s", limit: LIMIT }),
    comparisonRow({ what: "memory" }, { ours: [125], reference: [100], unit: "MB", limit: LIMIT }),
  ];
  expect(rows.map(exceedsLimit)).toEqual([false, true, false]);
  expect(comparisonTable(rows, "main").split("\n")).toEqual([
    "What              This checkout    main  Ratio  Limit",
    "----------------  -------------  ------  -----  -----  ------",
    "plan                     2.00 s  4.00 s  1.000   1.25  ok",
    "  processor time         3.00 s  2.00 s  1.500   1.25  higher",
    "memory                   125 MB  100 MB  1.250   1.25  ok",
  ]);
});

it("a ratio that is not a number exceeds every limit", () => {
  expect(exceedsLimit(comparisonRow({ what: "plan" }, { ours: [], reference: [1], unit: "s", limit: LIMIT }))).toBe(true);
});
