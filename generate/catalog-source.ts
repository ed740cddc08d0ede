/** What only the source of the catalog says: its sections, and which files raise each code. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { CATALOG, type DiagnosticCode } from "../diagnostics";

const ROOT = join(__dirname, "..");

/** The folders whose code speaks to people. */
const SPEAKERS = ["provider", "api", "tfplugin", "lib", "stacks", "engine"];

/** A section of the catalog, as its comments divide it. */
export interface CatalogSection {
  readonly title: string;
  readonly codes: readonly DiagnosticCode[];
}

/** The catalog with the headings that its comments give; an object cannot carry them. */
export async function catalogSections(): Promise<readonly CatalogSection[]> {
  const source = await readFile(join(ROOT, "diagnostics/catalog.ts"), "utf8");
  const sections: { title: string; codes: DiagnosticCode[] }[] = [];
  for (const line of source.split("\n")) {
    const title = /^ {2}\/\/ (.+)$/.exec(line)?.[1];
    if (title !== undefined) sections.push({ title, codes: [] });
    const code = /^ {2}"?([a-z][a-z0-9-]*)"?:/.exec(line)?.[1];
    if (code !== undefined && code in CATALOG) sections.at(-1)?.codes.push(code as DiagnosticCode);
  }
  return sections;
}

/** For each code, the files that name it, sorted. */
export async function raisedIn(): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  for (const folder of SPEAKERS) {
    for (const file of await sources(folder)) {
      const text = await readFile(join(ROOT, file), "utf8");
      for (const code of Object.keys(CATALOG)) {
        if (text.includes(`"${code}"`) || text.includes(`(${code})`)) found.set(code, [...(found.get(code) ?? []), file]);
      }
    }
  }
  return found;
}

async function sources(folder: string): Promise<string[]> {
  const names = await readdir(join(ROOT, folder), { recursive: true }).catch(() => []);
  return names
    .filter((name) => /\.[jt]s$/.test(name))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .sort();
}
