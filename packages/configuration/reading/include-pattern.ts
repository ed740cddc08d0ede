/** Finds the files that a pattern of `include` matches. */
import { readdirSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { hasWildcard, matchesSlug } from "../../domain";

/** What is wrong with a pattern; undefined if nothing is. */
export function includePatternFault(pattern: string): string | undefined {
  if (/^([/\\]|[A-Za-z]:)/.test(pattern)) return "is absolute. Write a path relative to the file";
  if (pattern.split("/").includes("..")) return "leaves the folder of the file. Included files are in it, or in folders below it";
  if (pattern.includes("**"))
    return "contains **, which is not supported. Write one pattern for each depth, such as teams/*.yaml and teams/*/*.yaml";
  if (pattern.includes("\\")) return "contains a backslash. Separate folders with /";
  return undefined;
}

/** Whether a file is a link to one outside the folder, whose lines a message must not show. A link to nothing is reported when it is read. */
export function leavesFolder(folder: string, file: string): boolean {
  try {
    return !realpathSync(join(folder, file)).startsWith(`${realpathSync(folder)}${sep}`.replace(`${sep}${sep}`, sep));
  } catch {
    return false;
  }
}

/** Paths relative to the folder, sorted by name. */
export function matchingFiles(folder: string, pattern: string): readonly string[] {
  const parts = pattern.split("/").filter((part) => part !== "" && part !== ".");
  return findIn(folder, "", parts).toSorted();
}

function findIn(folder: string, below: string, [part, ...rest]: readonly string[]): readonly string[] {
  if (part === undefined) return [];
  // A name that starts with a dot is hidden from patterns, as in a shell.
  const matches = namesIn(join(folder, below)).filter(({ name }) =>
    hasWildcard(part) ? matchesSlug([part], name) && (part.startsWith(".") || !name.startsWith(".")) : name === part,
  );
  return matches.flatMap(({ name, isFolder }) => {
    const path = below === "" ? name : `${below}/${name}`;
    if (rest.length > 0) return isFolder ? findIn(folder, path, rest) : [];
    return isFolder && hasWildcard(part) ? [] : [path];
  });
}

function namesIn(folder: string): readonly { readonly name: string; readonly isFolder: boolean }[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
  } catch {
    return [];
  }
}
