/** The kinds of the plugin's threads, on Node.js versions that name them and on those that do not. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PluginReport } from "../measured-run";
import { addThreads, secondsByKind, type ThreadTime } from "../thread-kinds";

const PID = 100;

const thread = (id: number, name: string, early: boolean, seconds: number): ThreadTime => ({ id, name, early, seconds });

it("Node.js 20 does not name its threads: those that exist before the program are V8's, later ones are libuv's", () => {
  const threads = [
    thread(PID, "node", true, 3),
    thread(101, "node", true, 1),
    thread(102, "node", true, 0.5),
    thread(110, "node", false, 0.25),
  ];
  expect(secondsByKind(PID, threads)).toEqual({ main: 3, v8: 1.5, libuv: 0.25 });
});

it.each([
  ["V8Worker", "v8"],
  ["DelayedTaskSche", "v8"],
  ["SignalInspector", "v8"],
  ["libuv-worker", "libuv"],
])("the thread %s counts as %s, whenever it starts", (name, kind) => {
  expect(secondsByKind(PID, [thread(101, name, true, 1), thread(102, name, false, 1)])).toMatchObject({ main: 0, [kind]: 2 });
});

it("the processes of one run are added", () => {
  const one = { main: 1, v8: 2, libuv: 3 };
  expect(addThreads([one, one])).toEqual({ main: 2, v8: 4, libuv: 6 });
});

const onLinux = process.platform === "linux" ? it : it.skip;

onLinux(
  "the report of a process assigns the work of its main thread and of libuv's threads (skipped outside Linux, which has no /proc)",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "report-"));
    // Works for 100 milliseconds of processor time, because a busy machine gives less in 100 milliseconds.
    const work = "const start = process.cpuUsage(); while (process.cpuUsage(start).user < 1e5);";
    const program = `require("node:zlib").gzip(Buffer.alloc(3e7, "text of a plugin"), () => { ${work} });`;
    const env = { BITLIFT_BENCH_REPORTS: folder, NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, "../plugin-report.js"))}` };
    execFileSync(process.execPath, ["-e", program], { env });
    const [file = ""] = readdirSync(folder);
    const report = JSON.parse(readFileSync(join(folder, file), "utf8")) as Required<PluginReport>;
    const { pid, threads, processorSeconds, peakBytes } = report;
    const { main, v8, libuv } = secondsByKind(pid, threads);
    expect(main).toBeGreaterThan(0.05);
    expect(libuv).toBeGreaterThan(0.01);
    expect(main + v8 + libuv).toBeLessThanOrEqual(processorSeconds + 0.05);
    expect(peakBytes).toBeGreaterThan(3e7);
  },
);
