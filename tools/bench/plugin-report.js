/* Loaded into the unchanged plugin through NODE_OPTIONS: when the process ends, writes its processor time, threads and memory to a file. */
"use strict";

const { readdirSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const TASKS = "/proc/self/task";

/** The threads of this process; empty on systems without /proc. */
function threadIds() {
  try {
    return readdirSync(TASKS);
  } catch {
    return [];
  }
}

const earlyIds = new Set(threadIds());

function threadTime(id) {
  // The first field of schedstat is nanoseconds on a processor.
  const [nanoseconds] = readFileSync(`${TASKS}/${id}/schedstat`, "utf8").split(" ");
  const name = readFileSync(`${TASKS}/${id}/comm`, "utf8").trim();
  return { id: Number(id), name, early: earlyIds.has(id), seconds: Number(nanoseconds) / 1e9 };
}

/** Undefined if a thread cannot be read: some kernels have no schedstat. */
function threadTimes() {
  try {
    const threads = threadIds().map(threadTime);
    return threads.length === 0 ? undefined : threads;
  } catch {
    return undefined;
  }
}

/** On Linux, the value of getrusage starts with the memory of the process that was there before exec: the engine's. */
function peakKilobytes() {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
}

process.on("exit", () => {
  const threads = threadTimes();
  const { user, system } = process.cpuUsage();
  const report = { pid: process.pid, processorSeconds: (user + system) / 1e6, peakBytes: peakKilobytes() * 1024, threads };
  writeFileSync(join(process.env.BITLIFT_BENCH_REPORTS, `${process.pid}.json`), JSON.stringify(report));
});
