/** Measures the review of a large plan: its memory relative to JSON.parse of the same file, and its time relative to the engine's `show -json`. */
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { CLOUD } from "../harness";
import { newFolder, type Benchmark, type Checkout } from "./benchmark";
import type { ComparisonRow } from "./comparison";
import { formatCount, megabytes } from "./quantity";
import type { Row } from "./result-row";
import type { ReviewMeasurement } from "./review-process";
import type { Sizes } from "./sizes";
import { WebhookDeployment } from "./webhook-deployment";

const MEMORY_TARGET = 3;
const TIME_TARGET = 2;

const run = promisify(execFile);

export async function measureReview(benchmark: Benchmark, { review: webhooks }: Sizes, checkout: Checkout): Promise<Row[]> {
  benchmark.showProgress(`review of a plan that creates ${formatCount(webhooks)} webhooks`);
  const size = { repositories: webhooks, webhooksPerRepository: 1 };
  const deployment = await WebhookDeployment.empty(benchmark, { product: CLOUD, checkout, size });
  const shown = await deployment.showPlan().finally(() => deployment.stop());
  const file = join(await newFolder(benchmark), "plan.json");
  await writeFile(file, shown.json);
  const [parse, review] = [await measureProcess("parse", file), await measureProcess("review", file)];
  const what = `review of a plan of ${(Buffer.byteLength(shown.json) / 1e6).toFixed(0)} MB`;
  return [
    {
      what: `${what}, memory relative to JSON.parse`,
      measured: `${megabytes(review.bytes).toFixed(0)} MB, JSON.parse ${megabytes(parse.bytes).toFixed(0)} MB`,
      result: review.bytes / parse.bytes,
      target: MEMORY_TARGET,
    },
    {
      what: `${what}, time relative to show -json`,
      measured: `${review.seconds.toFixed(1)} s, show ${shown.seconds.toFixed(1)} s`,
      result: review.seconds / shown.seconds,
      target: TIME_TARGET,
    },
  ];
}

/** The rows are ratios within one run, so there is nothing to compare with another checkout. */
export function compareReview(): Promise<ComparisonRow[]> {
  return Promise.resolve([]);
}

async function measureProcess(mode: "parse" | "review", file: string): Promise<ReviewMeasurement> {
  const { stdout } = await run(process.execPath, ["--import", "tsx", join(__dirname, "review-process.ts"), mode, file], {
    cwd: resolve(__dirname, "../.."),
  });
  return JSON.parse(stdout) as ReviewMeasurement;
}
