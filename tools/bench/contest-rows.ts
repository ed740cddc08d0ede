/** The rows of a contest: each deployment relative to the baselines and to the peers. */
import { comparisonRow, LIMITS, type ComparisonRow } from "./comparison";
import type { Result } from "./contest";
import type { MeasuredRun } from "./measured-run";
import { median, medianOfKnown } from "./median";
import { formatCount, formatProcessor, formatSeconds, formatThreads } from "./quantity";
import type { Row } from "./result-row";

/** The highest acceptable ratios. */
export interface ContestTargets {
  readonly baseline?: number | undefined;
  readonly peer?: number | undefined;
  readonly requestsPerWebhook?: number | undefined;
}

/** The rows of all results: first the baselines, then what is compared with them. */
export function contestRows(results: readonly Result[], targets: ContestTargets): Row[] {
  const baselines = results.filter(({ role }) => role === "baseline");
  const peers = results.filter(({ role }) => role === "peer");
  const measured = results.filter(({ role }) => role !== "baseline");
  return [
    ...baselines.map((baseline) => ({ what: `baseline: ${baseline.name}`, measured: `${formatTime(baseline)}, ${processorOf(baseline)}` })),
    ...measured.flatMap((result) => {
      const details =
        result.role === "webhooks"
          ? [
              ...baselineRows(result, baselines, targets.baseline),
              ...peers.map((peer) => relativeRow(result, peer, targets.peer)),
              { what: "processor time", measured: formatProcessor(result.runs) },
              { what: "processor time of the plugin's threads", measured: formatThreads(result.runs) },
              ...requestRows(result, targets.requestsPerWebhook),
            ]
          : [...baselineRows(result, baselines, undefined), { what: "processor time", measured: formatProcessor(result.runs) }];
      return [{ what: result.name, measured: formatTime(result) }, ...details.map((row) => ({ subject: result.name, ...row }))];
    }),
  ];
}

/** The target is about the baseline with the same number of resources. */
function baselineRows(result: Result, baselines: readonly Result[], target: number | undefined): Row[] {
  return baselines.map((baseline) => relativeRow(result, baseline, baseline.count === result.count ? target : undefined));
}

function relativeRow(result: Result, other: Result, target: number | undefined): Row {
  return { what: `relative to ${other.name}`, measured: "", result: secondsOf(result) / secondsOf(other), target };
}

function requestRows({ runs, count }: Result, target: number | undefined): Row[] {
  const requests = runs[0]?.requests;
  if (requests === undefined) return [];
  const measured = `${formatCount(requests.bitbucket)}, and ${formatCount(requests.spacelift)} to Spacelift`;
  return [{ what: "Bitbucket requests per webhook", measured, result: requests.bitbucket / count, target }];
}

function formatTime(result: Result): string {
  return `${formatSeconds(secondsOf(result))}${result.runs.some(({ hasChanges }) => hasChanges) ? ", with changes" : ""}`;
}

/** Everything is the engine's, because its own resources need no plugin. */
function processorOf({ runs }: Result): string {
  return `processor ${formatSeconds(medianOfKnown(runs.map(({ processor: { engine, plugins } }) => engine && engine + (plugins ?? 0))))}`;
}

/** The same contest of this checkout and of the reference. Processor time is left out where the system does not show it. */
export function contestComparison(ours: Result, reference: Result): ComparisonRow[] {
  const knownOf = ({ runs }: Result, value: (run: MeasuredRun) => number | undefined) =>
    runs.map(value).filter((number) => number !== undefined);
  const row = (what: string, limit: number, value: (run: MeasuredRun) => number | undefined): ComparisonRow[] => {
    const known = { ours: knownOf(ours, value), reference: knownOf(reference, value) };
    if (known.ours.length === 0 || known.reference.length === 0) return [];
    const name = what === ours.name ? { what } : { what, subject: ours.name };
    return [comparisonRow(name, { ...known, unit: "s", limit })];
  };
  return [
    ...row(ours.name, LIMITS.engine, ({ seconds }) => seconds),
    ...row("processor time of the engine", LIMITS.engine, ({ processor }) => processor.engine),
    ...row("processor time of the plugin", LIMITS.own, ({ processor }) => processor.plugins),
  ];
}

function secondsOf({ runs }: Result): number {
  return median(runs.map(({ seconds }) => seconds));
}
