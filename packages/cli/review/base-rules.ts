/** The acceptances and limits of the base: from the file that the base itself names, with what it includes there. */
import { basename, join, posix } from "node:path";
import { readConfiguration, renderFindings } from "../../configuration";
import { DEFAULT_RULES, type FileRules } from "../../review";
import { DEFAULT_FILE } from "../project/project";
import { BaseFiles } from "./base-files";
import { baseCommit, unreadable } from "./base-ref";
import { pathsInRepository } from "./git";

/**
 * A base without any file has the rules of a new project. A base whose file has errors gives no rules at all: then nothing may count.
 * @param folder of the project: the one with `cdktf.json`
 * @throws Problem `base-unreadable`
 */
export async function baseRules(folder: string, name: string): Promise<FileRules> {
  const files = await BaseFiles.of(folder, await baseCommit(folder, name));
  const prefixes = await pathsInRepository(folder);
  const found: FileRules[] = [];
  for (const prefix of prefixes) {
    const path = await filePath(files, prefix);
    if (path !== undefined) found.push(await rulesOf(files, path, name));
  }
  const [rules, ...others] = found;
  if (rules === undefined) return rulesOfOthers(files, name, prefixes[0] ?? "");
  // Links lead to the folder, so only what all files agree on counts.
  return {
    ...rules,
    accept: rules.accept.filter(({ finding }) => others.every(({ accept }) => accept.some((other) => other.finding === finding))),
    mostRemovals: Math.min(...found.map(({ mostRemovals }) => mostRemovals)),
  };
}

/** The project may have moved away from its limit, so the lowest limit of all files counts, and no acceptance. */
async function rulesOfOthers(files: BaseFiles, name: string, prefix: string): Promise<FileRules> {
  const paths = new Set<string>();
  for (const path of files.paths) {
    const file = posix.basename(path);
    if (file === DEFAULT_FILE) paths.add(path);
    // One that is broken, or names nothing, has no limit to move away from.
    if (file === "cdktf.json") paths.add((await filePath(files, path.slice(0, -file.length)).catch(() => undefined)) ?? path);
  }
  const others = [...paths].filter((path) => posix.basename(path) !== "cdktf.json").sort();
  if (others.length === 0) return DEFAULT_RULES;
  const limits = await Promise.all(others.map(async (path) => (await rulesOf(files, path, name).catch(() => NOTHING)).mostRemovals));
  const shown = others.length > 3 ? `${others.slice(0, 3).join(", ")} and ${others.length - 3} more` : others.join(", ");
  return {
    ...DEFAULT_RULES,
    mostRemovals: Math.min(DEFAULT_RULES.mostRemovals, ...limits),
    caveat: `${name} has no file of the project in ${prefix === "" ? "the root of the repository" : prefix}, but ${shown}.`,
  };
}

const NOTHING: FileRules = { accept: [], mostRemovals: 0 };

async function rulesOf(files: BaseFiles, path: string, name: string): Promise<FileRules> {
  const parent = posix.dirname(path);
  return files.materialized(parent === "." ? "" : `${parent}/`, async (target) => {
    const { configuration, findings } = await readConfiguration(join(target, path));
    if (configuration !== undefined) {
      const { accept, mostRemovals, spaces, integrations } = configuration;
      return { accept, mostRemovals, keys: { Space: new Set(spaces.keys()), integration: new Set(integrations.keys()) } };
    }
    const errors = findings.filter(({ severity }) => severity === "error");
    throw unreadable(
      `${basename(path)} has errors at ${name}, so its acceptances and limits are not known.\n${renderFindings(errors, "text", { color: false }).trimEnd()}`,
      "Correct the file on the base, or review without --base.",
    );
  });
}

/** From the root of the repository. Undefined if the base has no file. */
async function filePath(files: BaseFiles, prefix: string): Promise<string | undefined> {
  const settings = await files.text(`${prefix}cdktf.json`);
  const named = settings === undefined ? undefined : namedFile(settings);
  const path = posix.normalize(posix.join(prefix, named ?? DEFAULT_FILE));
  if (path.startsWith("..") || posix.isAbsolute(named ?? "")) {
    throw unreadable(
      `cdktf.json of the base names a file outside the repository: ${named ?? ""}.`,
      "Review without --base, or move the file.",
    );
  }
  if (files.has(path)) return path;
  if (named === undefined) return undefined;
  throw unreadable(
    `cdktf.json of the base names ${named}, and the base has no such file.`,
    "Correct it on the base, or review without --base.",
  );
}

function namedFile(settings: string): string | undefined {
  try {
    const { context } = JSON.parse(settings) as { readonly context?: { readonly bitlift?: unknown } };
    return typeof context?.bitlift === "string" ? context.bitlift : undefined;
  } catch {
    throw unreadable("cdktf.json of the base is not JSON.", "Correct it on the base, or review without --base.");
  }
}

/** Whether `--base` means a saved plan. Only the spelling decides: a pull request could contain a file that has the name of a branch. */
export function isPlanPath(base: string): boolean {
  return !base.startsWith("refs/") && /\.(json|tfplan)$/i.test(base);
}
