/** Measures how long reading and checking a large bitlift.yaml takes, relative to parsing its text with the YAML library alone. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { readConfigurationSync } from "../../packages/configuration";
import { newFolder, type Benchmark } from "./benchmark";
import type { ComparisonRow } from "./comparison";
import { largeFile } from "./large-file";
import { median } from "./median";
import { formatCount } from "./quantity";
import type { Row } from "./result-row";
import type { Sizes } from "./sizes";

/** Parsing, the check against the model, and all rules take at most this many times as long as parsing alone. */
const TARGET = 2;

/** One row: the ratio of the medians, measured in turn in one process. */
export async function measureFile(benchmark: Benchmark, { file }: Sizes): Promise<Row[]> {
  benchmark.showProgress("reading bitlift.yaml");
  const text = largeFile(file.parts, file.repositories);
  const path = join(await newFolder(benchmark), "bitlift.yaml");
  await writeFile(path, text);
  const [parsing, reading] = measureInTurn(file.rounds, [() => void parseDocument(text), () => readCompletely(path, file.parts)]);
  const milliseconds = (values: readonly number[] | undefined) => `${median(values ?? []).toFixed(0)} ms`;
  return [
    {
      what: `bitlift.yaml of ${formatCount(file.parts * file.repositories)} repositories in ${file.parts} parts, relative to parsing YAML`,
      measured: `${milliseconds(reading)}, parsing ${milliseconds(parsing)}`,
      result: median(reading ?? []) / median(parsing ?? []),
      target: TARGET,
    },
  ];
}

/** The row is a ratio within one process, so there is nothing to compare with another checkout. */
export function compareFile(): Promise<ComparisonRow[]> {
  return Promise.resolve([]);
}

/** @throws if the file is not correct */
function readCompletely(path: string, parts: number): void {
  const { configuration, findings } = readConfigurationSync(path);
  const [first] = findings;
  if (first !== undefined) throw new Error(`The file has a finding: ${first.message}`);
  // The Spaces have a part of their own.
  if (configuration?.parts.length !== parts + 1) throw new Error("The file does not have all parts.");
}

/** Milliseconds of each round. The first round only warms up. */
function measureInTurn(rounds: number, programs: readonly (() => void)[]): readonly (readonly number[])[] {
  const times = programs.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, program] of programs.entries()) {
      const start = performance.now();
      program();
      if (round > 0) times[index]?.push(performance.now() - start);
    }
  }
  return times;
}
