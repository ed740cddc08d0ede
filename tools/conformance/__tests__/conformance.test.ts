/** The record of acceptance runs and its page. */
import { conformancePage } from "..";
import { countsIn, withRun, type Run } from "../runs";

const run = (engine: Run["engine"], version: string, files: Run["files"] = {}): Run => ({
  engine,
  version,
  date: "2026-11-30",
  platform: "linux x64",
  node: "20.20.0",
  bitlift: "1.0.0",
  files,
});

it("keeps the latest run per version, sorted by engine and version", () => {
  const counts = { "a.test.ts": { passed: 1, failed: 0, skipped: 0 } };
  const runs = [run("OpenTofu", "1.6.0"), run("Terraform", "1.11.4"), run("Terraform", "1.5.7")].reduce<readonly Run[]>(withRun, []);
  const updated = withRun(runs, run("Terraform", "1.5.7", counts));
  expect(updated.map(({ engine, version }) => `${engine} ${version}`)).toEqual(["Terraform 1.5.7", "Terraform 1.11.4", "OpenTofu 1.6.0"]);
  expect(updated[0]?.files).toEqual(counts);
});

it("counts the tests of each file, and a file that could not be loaded as one failure", () => {
  const statuses = (...names: string[]) => names.map((status) => ({ status }));
  const report = {
    testResults: [
      { name: "/project/b.test.ts", status: "failed", assertionResults: statuses("passed", "failed", "pending", "todo") },
      { name: "/project/a.test.ts", status: "failed", assertionResults: [] },
    ],
  };
  const files = countsIn(report, (file) => file.replace("/project/", ""));
  expect(Object.entries(files)).toEqual([
    ["a.test.ts", { passed: 0, failed: 1, skipped: 0 }],
    ["b.test.ts", { passed: 1, failed: 1, skipped: 2 }],
  ]);
});

it("shows failures and missing files", () => {
  const page = conformancePage([
    run("Terraform", "1.5.7", { "a.test.ts": { passed: 1, failed: 2, skipped: 0 }, "b.test.ts": { passed: 3, failed: 0, skipped: 1 } }),
    run("OpenTofu", "1.12.6", { "a.test.ts": { passed: 3, failed: 0, skipped: 0 } }),
  ]);
  expect(page).toContain("| Terraform 1.5.7 | 2026-11-30 | 4 | 2 | 1 |");
  expect(page).toContain("| `a.test.ts` | 1, **2 failed** | 3 |");
  expect(page).toContain("| `b.test.ts` | 3, 1 skipped | – |");
});
