/* Loaded into the plugin by NODE_OPTIONS: when the process ends, writes what it used to a file. The plugin itself is not changed. */
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
