/** Formats what the benchmark measures. */
import type { MeasuredRun } from "./measured-run";
import { medianOfKnown } from "./median";

export const formatCount = (value: number) => value.toLocaleString("en");

/** Two digits after the point where a hundredth is more than noise. */
export function formatSeconds(seconds: number | undefined): string {
  if (seconds === undefined) return "-";
  return `${seconds.toFixed(seconds < 20 ? 2 : 1)} s`;
}

export const megabytes = (bytes: number) => bytes / 1e6;

/** Medians of the runs; "-" for what the operating system does not show. */
export function formatProcessor(runs: readonly MeasuredRun[]): string {
  const engine = medianOfKnown(runs.map(({ processor }) => processor.engine));
  const plugins = medianOfKnown(runs.map(({ processor }) => processor.plugins));
  return `engine ${formatSeconds(engine)}, plugin ${formatSeconds(plugins)}`;
}

export function formatThreads(runs: readonly MeasuredRun[]): string {
  const of = (kind: "main" | "v8" | "libuv") => formatSeconds(medianOfKnown(runs.map(({ threads }) => threads?.[kind])));
  return `main ${of("main")}, V8 ${of("v8")}, libuv ${of("libuv")}`;
}
