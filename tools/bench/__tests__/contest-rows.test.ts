/** What is compared with what, and which rows have a target. */
import type { Result } from "../contest";
import { contestComparison, contestRows } from "../contest-rows";
import type { MeasuredRun } from "../measured-run";

const run = (seconds: number, others: Partial<MeasuredRun> = {}): MeasuredRun => ({
  seconds,
  processor: { engine: seconds / 2, plugins: seconds / 4 },
  threads: undefined,
  pluginPeakBytes: 0,
  hasChanges: false,
  ...others,
});

const results: readonly Result[] = [
  { role: "baseline", name: "plan of 20 terraform_data", count: 20, runs: [run(1)] },
  { role: "baseline", name: "plan of 1,000 terraform_data", count: 1000, runs: [run(2)] },
  {
    role: "webhooks",
    name: "plan of 20 webhooks",
    count: 20,
    runs: [run(8, { requests: { bitbucket: 30, spacelift: 2 }, threads: { main: 1, v8: 2, libuv: 3 } }), run(4), run(3)],
  },
  { role: "peer", name: "plan of 20 by another", count: 20, runs: [run(2, { hasChanges: true })] },
];

it("webhooks are compared with each baseline and each peer; the target of the baseline is about the same number", () => {
  const rows = contestRows(results, { baseline: 4, peer: 1.5, requestsPerWebhook: 1 });
  const subject = "plan of 20 webhooks";
  expect(rows.filter((row) => row.subject === subject)).toEqual([
    { subject, what: "relative to plan of 20 terraform_data", measured: "", result: 4, target: 4 },
    { subject, what: "relative to plan of 1,000 terraform_data", measured: "", result: 2, target: undefined },
    { subject, what: "relative to plan of 20 by another", measured: "", result: 2, target: 1.5 },
    { subject, what: "processor time", measured: "engine 2.00 s, plugin 1.00 s" },
    { subject, what: "processor time of the plugin's threads", measured: "main 1.00 s, V8 2.00 s, libuv 3.00 s" },
    { subject, what: "Bitbucket requests per webhook", measured: "30, and 2 to Spacelift", result: 1.5, target: 1 },
  ]);
});

it("a peer has no targets, and a peer that plans changes is marked", () => {
  const rows = contestRows(results, { baseline: 4, peer: 1.5 });
  expect(rows).toContainEqual({ what: "plan of 20 by another", measured: "2.00 s, with changes" });
  expect(rows.filter(({ subject }) => subject === "plan of 20 by another").map(({ target }) => target)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it("what the system does not show is a hyphen, and has no row in a comparison", () => {
  const unknown: Result = { role: "webhooks", name: "plan", count: 1, runs: [run(2, { processor: { engine: undefined, plugins: 1 } })] };
  expect(contestRows([unknown], {})).toContainEqual({ subject: "plan", what: "processor time", measured: "engine -, plugin 1.00 s" });
  expect(contestComparison(unknown, unknown).map(({ what }) => what)).toEqual(["plan", "processor time of the plugin"]);
});
