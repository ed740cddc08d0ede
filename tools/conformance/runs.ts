/** The record of acceptance runs: one run per version of an engine, the latest one. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EngineName } from "../../packages/engine";

const RUNS_FILE = join(__dirname, "runs.json");

/** Numbers of tests. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** All acceptance tests, run once with one engine. */
export interface Run {
  readonly engine: EngineName;
  readonly version: string;
  /** Like `2026-11-30`. */
  readonly date: string;
  /** Like `linux x64`. */
  readonly platform: string;
  readonly node: string;
  /** Version of Bitlift. */
  readonly bitlift: string;
  /** Results by the path of the test file, from the root of the project. */
  readonly files: Readonly<Record<string, Counts>>;
}

export async function readRuns(): Promise<readonly Run[]> {
  return JSON.parse(await readFile(RUNS_FILE, "utf8")) as readonly Run[];
}

/** Replaces the run of the same version of the engine. Runs are sorted by engine and version. */
export function withRun(runs: readonly Run[], added: Run): readonly Run[] {
  const others = runs.filter(({ engine, version }) => engine !== added.engine || version !== added.version);
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  const order = (run: Run) => `${run.engine === "Terraform" ? 0 : 1} ${run.version}`;
  return [...others, added].sort((first, second) => compare(order(first), order(second)));
}

export async function writeRuns(runs: readonly Run[]): Promise<void> {
  await writeFile(RUNS_FILE, `${JSON.stringify(runs, null, 2)}\n`);
}

/** The part of Jest's JSON report that a run is made from. */
export interface JestReport {
  readonly testResults: readonly {
    /** Absolute path of the test file. */
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** @param toPath converts the absolute path of a test file to its path from the root */
export function countsIn(report: JestReport, toPath: (file: string) => string): Run["files"] {
  const entries = report.testResults.map(({ name, status, assertionResults }) => {
    const count = (...statuses: string[]) => assertionResults.filter((result) => statuses.includes(result.status)).length;
    // Jest counts no tests in a file that it could not load.
    const notLoaded = status === "failed" && assertionResults.length === 0 ? 1 : 0;
    return [toPath(name), { passed: count("passed"), failed: count("failed") + notLoaded, skipped: count("pending", "todo") }] as const;
  });
  return Object.fromEntries(entries.sort(([first], [second]) => (first < second ? -1 : 1)));
}
