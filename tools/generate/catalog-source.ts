/** Every diagnostic code of the project, by section, with its explanation, and which packages raise it. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { COMMON_EXPLANATIONS, COMMON_SECTIONS, type Explanation } from "../../packages/diagnostics";
import { CLI_CATALOG, CLI_EXPLANATIONS } from "../../packages/cli";
import { FILE_CATALOG, FILE_EXPLANATIONS } from "../../packages/configuration";
import { CATALOG, EXPLANATIONS } from "../../packages/domain";
import { ENGINE_CATALOG, ENGINE_EXPLANATIONS } from "../../packages/engine";
import { REVIEW_CATALOG, REVIEW_EXPLANATIONS } from "../../packages/review";
import { RUNTIME_CATALOG, RUNTIME_EXPLANATIONS } from "../../packages/terraform-plugin";
import { ROOT } from "./document";

/** The folders whose code raises diagnostics. */
const RAISING_FOLDERS = [
  "packages/domain",
  "packages/configuration",
  "packages/provider",
  "packages/clients",
  "packages/terraform-plugin",
  "packages/engine",
  "packages/cli",
  "packages/review",
  "lib",
  "stacks",
];
/** Files that list codes without raising them. */
const LISTS_OF_CODES = /(^|[/-])(catalog|raised-anywhere|explanations?)\.ts$/;

export interface CatalogSection {
  readonly title: string;
  /** A summary for each code. */
  readonly summaries: Readonly<Record<string, string>>;
}

/** The sections of all catalogs; sections with the same title are one. */
export const CATALOG_SECTIONS: readonly CatalogSection[] = mergeSections([
  CATALOG.sections,
  FILE_CATALOG.sections,
  RUNTIME_CATALOG.sections,
  ENGINE_CATALOG.sections,
  CLI_CATALOG.sections,
  REVIEW_CATALOG.sections,
  COMMON_SECTIONS,
]);

/** The summary of every code. */
export const SUMMARIES: Readonly<Record<string, string>> = Object.fromEntries(
  CATALOG_SECTIONS.flatMap(({ summaries }) => Object.entries(summaries)),
);

/** Cause and fix of every code. */
export const CODE_EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  ...EXPLANATIONS,
  ...FILE_EXPLANATIONS,
  ...RUNTIME_EXPLANATIONS,
  ...ENGINE_EXPLANATIONS,
  ...CLI_EXPLANATIONS,
  ...REVIEW_EXPLANATIONS,
  ...COMMON_EXPLANATIONS,
};

function mergeSections(catalogs: readonly Readonly<Record<string, Readonly<Record<string, string>>>>[]): readonly CatalogSection[] {
  const sections = new Map<string, Record<string, string>>();
  for (const catalog of catalogs) {
    for (const [title, summaries] of Object.entries(catalog)) sections.set(title, { ...sections.get(title), ...summaries });
  }
  return [...sections].map(([title, summaries]) => ({ title, summaries }));
}

/** What a declaration lists for its reference page. A list raises nothing. */
const RAISES_LIST = /(?:\braises:|\w*RAISES\b[^=;]*=)\s*\[[^\]]*\]/g;

/** For each code, the files that raise it, sorted. */
export async function findRaisingFiles(): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  for (const folder of RAISING_FOLDERS) {
    for (const file of await listSources(folder)) {
      const text = (await readFile(join(ROOT, file), "utf8")).replace(RAISES_LIST, "");
      for (const code of Object.keys(SUMMARIES)) {
        if (text.includes(`"${code}"`) || text.includes(`(${code})`)) found.set(code, [...(found.get(code) ?? []), file]);
      }
    }
  }
  return found;
}

async function listSources(folder: string): Promise<string[]> {
  const names = await readdir(join(ROOT, folder), { recursive: true });
  return names
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((name) => /\.[jt]s$/.test(name) && !name.includes("/__tests__/") && !LISTS_OF_CODES.test(name))
    .sort();
}
