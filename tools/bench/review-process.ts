/** Reads one plan in a process of its own, and prints what that took as JSON. The arguments: `parse` or `review`, and the file. */
import { readFileSync } from "node:fs";
import { readPlan, review } from "../../packages/review";

/** What the process prints. */
export interface ReviewMeasurement {
  readonly seconds: number;
  /** The peak, without what the process used before it read the file. */
  readonly bytes: number;
}

const [mode = "", file = ""] = process.argv.slice(2);
const before = process.memoryUsage.rss();
const start = performance.now();
const text = readFileSync(file, "utf8");
// The result stays in use until the memory is measured.
const result: unknown = mode === "parse" ? JSON.parse(text) : review({ plans: [readPlan(text, { part: "main", source: file })] });
const measurement: ReviewMeasurement = {
  seconds: (performance.now() - start) / 1000,
  bytes: process.resourceUsage().maxRSS * 1024 - before,
};
if (result !== null) console.log(JSON.stringify(measurement));
