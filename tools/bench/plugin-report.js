/* Loaded into the unchanged plugin through NODE_OPTIONS: when the process ends, writes its processor time and memory to a file. */
"use strict";

const { writeFileSync } = require("node:fs");
const { join } = require("node:path");

process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  // maxRSS is in kilobytes on every platform.
  const { maxRSS } = process.resourceUsage();
  const report = { processorSeconds: (user + system) / 1e6, peakBytes: maxRSS * 1024 };
  writeFileSync(join(process.env.BITLIFT_BENCH_REPORTS, `${process.pid}.json`), JSON.stringify(report));
});
