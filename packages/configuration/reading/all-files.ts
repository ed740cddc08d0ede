/** Reads the main file and the files that it includes, and compares each with the model. */
import { basename, dirname, join } from "node:path";
import type { Draft } from "../draft";
import { fault, type Remark } from "../finding";
import { document, includedDocument, type Document, type IncludedDocument } from "../model/document";
import { shown } from "../quoting";
import { includePatternFault, leavesFolder, matchingFiles } from "./include-pattern";
import type { Positions } from "./positions";
import type { Report } from "./report";
import { checkAgainstModel } from "./schema-remarks";
import { readYamlFile } from "./yaml-file";

export interface AllFiles {
  /** Names relative to the folder of the main file, in the order in which they were read. */
  readonly names: readonly string[];
  readonly main: Draft<Document>;
  readonly included: readonly Draft<IncludedDocument>[];
  /** The maps from which the check against the model removed something. */
  readonly pruned: ReadonlySet<object>;
  /** Whether every file could be parsed. If not, references may name what is in an unreadable file. */
  readonly areComplete: boolean;
}

/** @param path absolute */
export function readAllFiles(path: string, report: Report, positions: Positions): AllFiles {
  const name = basename(path);
  const values = readYamlFile(path, name, report, positions);
  const pruned = new Set<object>();
  if (values === undefined) return { names: [name], main: {}, included: [], pruned, areComplete: false };
  const addAll = (remarks: readonly Remark[]) => {
    for (const remark of remarks) report.addRemark(remark, positions);
  };
  const check = (root: object, isIncluded: boolean) => {
    const written = positions.written.bind(positions);
    const result = checkAgainstModel({ root, schema: isIncluded ? includedDocument : document, isIncluded, written });
    addAll(result.remarks);
    for (const holder of result.pruned) pruned.add(holder);
  };
  check(values, false);
  const main = values as Draft<Document>;
  const { files, remarks } = includedFiles(path, main);
  addAll(remarks);
  const parsed = files.map((file) => readYamlFile(join(dirname(path), file), file, report, positions));
  const included = parsed.filter((value) => value !== undefined);
  for (const value of included) check(value, true);
  return { names: [name, ...files], main, included, pruned, areComplete: included.length === parsed.length && remarks.length === 0 };
}

function includedFiles(path: string, { include = [] }: Draft<Document>): { files: readonly string[]; remarks: readonly Remark[] } {
  const remarks: Remark[] = [];
  const files = new Set<string>();
  for (const [index, pattern] of include.entries()) {
    if (pattern === undefined) continue;
    const at = { holder: include, key: index };
    const wrong = includePatternFault(pattern);
    if (wrong !== undefined) {
      remarks.push(fault("value-not-allowed", at, `the pattern ${shown(pattern)} of "include" ${wrong}.`));
      continue;
    }
    const matching = matchingFiles(dirname(path), pattern);
    const found = matching.filter((file) => file !== basename(path));
    const outside = found.find((file) => leavesFolder(dirname(path), file));
    if (outside !== undefined)
      remarks.push(
        fault(
          "value-not-allowed",
          at,
          `${shown(outside)} is a symbolic link to a file outside the folder of this file. Replace the link by the file.`,
        ),
      );
    else if (found.length === 0 && matching.length > 0)
      remarks.push(fault("value-not-allowed", at, `${shown(pattern)} is this file itself, which cannot include itself. Remove it.`));
    else if (found.length === 0)
      remarks.push(
        fault(
          "include-not-found",
          at,
          `no file matches ${shown(pattern)}. Correct the path, which is relative to the folder of this file, or remove it.`,
        ),
      );
    else for (const file of found) files.add(file);
  }
  return { files: [...files].toSorted(), remarks };
}
