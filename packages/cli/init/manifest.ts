/** The package.json that was there before `bitlift init`: npm writes one when it installs the first package. */
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { problem } from "../catalog";
import { SCRIPTS } from "./files";
import type { Packages } from "./host";

type Section = Readonly<Record<string, string>>;

export interface Manifest {
  readonly scripts?: Section;
  readonly dependencies?: Section;
  readonly devDependencies?: Section;
}

export interface ExistingManifest {
  readonly value: Manifest;
  readonly text: string;
}

/**
 * @returns undefined if there is none
 * @throws Problem `project-not-written` if it cannot be read: npm could not use it either
 */
export async function readManifest(target: string): Promise<ExistingManifest | undefined> {
  const text = await readFile(join(target, "package.json"), "utf8").catch((thrown: unknown) => {
    const { code, message } = thrown as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw unreadable(message);
  });
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { value, text };
  } catch (thrown) {
    throw unreadable((thrown as Error).message);
  }
  throw unreadable("it is not an object");
}

/** Adds the packages and scripts that are missing, and changes nothing else. @returns their names */
export async function completeManifest(target: string, { value, text }: ExistingManifest, wanted: Packages): Promise<readonly string[]> {
  const { scripts = {}, dependencies = {}, devDependencies = {} } = value;
  const missing = (section: Section, existing: Section) =>
    Object.fromEntries(Object.entries(section).filter(([name]) => !(name in existing)));
  const packages = { ...devDependencies, ...dependencies };
  const added = {
    scripts: missing(SCRIPTS, scripts),
    dependencies: missing(wanted.dependencies, packages),
    devDependencies: missing(wanted.devDependencies, packages),
  };
  const names = Object.values(added).flatMap((section) => Object.keys(section));
  if (names.length === 0) return [];
  const sections = Object.entries(added).filter(([, section]) => Object.keys(section).length > 0);
  const completed = Object.fromEntries(sections.map(([name, section]) => [name, { ...value[name as keyof Manifest], ...section }]));
  const path = join(target, "package.json");
  // A file that is half written would be lost.
  await writeFile(`${path}.new`, `${JSON.stringify({ ...value, ...completed }, null, indentationOf(text))}\n`);
  await rename(`${path}.new`, path);
  return names;
}

function indentationOf(text: string): string {
  return /\n([ \t]+)"/.exec(text)?.[1] ?? "  ";
}

function unreadable(why: string): Error {
  return problem("project-not-written", {
    why: `package.json cannot be read: ${why}.`,
    fix: "Correct package.json, or remove it, and run the command again. Nothing was written.",
  });
}
