/** The parts of the benchmark, in the order in which they run. */
import { compareApply, measureApply } from "./apply-benchmark";
import type { Benchmark, Checkout } from "./benchmark";
import { compareCommands, measureCommands } from "./command-benchmark";
import type { ComparisonRow } from "./comparison";
import { compareFile, measureFile } from "./file-benchmark";
import { compareMemory, measureMemory } from "./memory-benchmark";
import { comparePlans, measurePlans } from "./plan-benchmark";
import type { Row } from "./result-row";
import type { Sizes } from "./sizes";
import { compareReview, measureReview } from "./review-benchmark";
import { compareStartUp, measureStartUp } from "./start-up-benchmark";
import { compareSynth, measureSynth } from "./synth-benchmark";

interface Part {
  measure(benchmark: Benchmark, sizes: Sizes, checkout: Checkout): Promise<Row[]>;
  compare(benchmark: Benchmark, sizes: Sizes, checkouts: readonly [Checkout, Checkout]): Promise<ComparisonRow[]>;
}

export const PARTS = {
  start: { measure: measureStartUp, compare: compareStartUp },
  plan: { measure: measurePlans, compare: comparePlans },
  apply: { measure: measureApply, compare: compareApply },
  memory: { measure: measureMemory, compare: compareMemory },
  command: { measure: measureCommands, compare: compareCommands },
  file: { measure: measureFile, compare: compareFile },
  review: { measure: measureReview, compare: compareReview },
  synth: { measure: measureSynth, compare: compareSynth },
} as const satisfies Readonly<Record<string, Part>>;

export type PartName = keyof typeof PARTS;

export const PART_NAMES = Object.keys(PARTS) as readonly PartName[];

/** The parts with these names, in their own order. */
export function partsNamed(names: readonly PartName[]): readonly Part[] {
  return PART_NAMES.filter((name) => names.includes(name)).map((name) => PARTS[name]);
}
