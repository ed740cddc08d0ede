/** Reads and checks `bitlift.yaml` and the files that it includes. */
import { readFileSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { Backing } from "../domain";
import { build } from "./building/build";
import type { Configuration, Place } from "./configuration";
import { collect, type FileDraft } from "./draft";
import type { Finding, Location, Remark } from "./finding";
import { forceBacking } from "./forced-backing";
import { readAllFiles } from "./reading/all-files";
import { Positions } from "./reading/positions";
import { Report } from "./reading/report";
import { ENTRY_RULES, WHOLE_RULES } from "./rules/all-rules";
import { certificates } from "./rules/certificates";
import { quotes } from "./rules/quotes";

export interface ReadResult {
  /** Undefined if there is a finding with the severity `error`. */
  readonly configuration: Configuration | undefined;
  /** All of them, sorted by place: the main file, then the included ones by name. */
  readonly findings: readonly Finding[];
}

export interface ReadOptions {
  /** The backing of every object, whatever the file says. */
  readonly backing?: Backing | undefined;
}

/** @param path relative to the working directory, or absolute */
export function readConfiguration(path: string, options?: ReadOptions): Promise<ReadResult> {
  return Promise.resolve().then(() => readConfigurationSync(path, options));
}

/** @param path relative to the working directory, or absolute */
export function readConfigurationSync(path: string, options: ReadOptions = {}): ReadResult {
  const absolute = resolve(path);
  try {
    return readAbsolute(absolute, options);
  } catch (thrown) {
    // The YAML library limits the depth of what is written, but aliases can put one depth into another.
    if (!(thrown instanceof RangeError)) throw thrown;
    const message = "aliases nest the values of the file too deeply. Nest less.";
    const place = { file: basename(absolute), line: 1, column: 1 };
    return {
      configuration: undefined,
      findings: [{ code: "yaml-alias", severity: "error", message, place, endColumn: 2, source: undefined }],
    };
  }
}

function readAbsolute(absolute: string, { backing }: ReadOptions): ReadResult {
  const report = new Report();
  const positions = new Positions();
  const { names, main, included, pruned, areComplete } = readAllFiles(absolute, report, positions);
  const { draft, remarks } = collect(main, included);
  if (backing !== undefined) forceBacking(draft, backing);
  for (const remark of [...remarks, ...ruleRemarks(draft, areComplete, positions, dirname(absolute))]) {
    if (!isConsequence(remark, pruned)) report.addRemark(remark, positions);
  }
  const findings = report.findings(names);
  const locate = (location: Location): Place => {
    const range = positions.range(location);
    if (range === undefined) throw new Error("An entry of the configuration has no place.");
    return range.source.place(range.start);
  };
  return { configuration: report.hasErrors ? undefined : build(draft, absolute, names, locate), findings };
}

function* ruleRemarks(draft: FileDraft, areComplete: boolean, positions: Positions, folder: string): Generator<Remark> {
  for (const rule of areComplete ? [...ENTRY_RULES, ...WHOLE_RULES] : ENTRY_RULES) yield* rule(draft);
  yield* quotes(draft, positions.written.bind(positions));
  yield* certificates(draft, (path) => textIn(resolve(folder, path)));
}

function textIn(path: string): string | undefined {
  try {
    // A device would never end.
    return statSync(path).isFile() ? readFileSync(path, "utf8") : undefined;
  } catch {
    return undefined;
  }
}

const MISSING: readonly string[] = [
  "value-missing",
  "credential-form",
  "bitbucket-credentials-conflict",
  "integration-product",
  "value-not-allowed",
];

/** Whether something is only missing because the check against the model has removed and reported it. */
function isConsequence({ code, at }: Remark, pruned: ReadonlySet<object>): boolean {
  if (!MISSING.includes(code)) return false;
  const value: unknown = at.key === undefined ? at.holder : (at.holder as Readonly<Record<string | number, unknown>>)[at.key];
  return typeof value === "object" && value !== null && pruned.has(value);
}
