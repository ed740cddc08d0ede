/** Links of README.md into the repository. npm shows the page without the repository, so they are absolute and name the version. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { homepage, version } from "../../package.json";
import { ROOT } from "./document";

export const REPOSITORY = homepage.replace(/#.*$/, "");
/** The path from the root is the last group. */
export const REPOSITORY_LINK = new RegExp(`${REPOSITORY}/(blob|tree|raw)/v([^/]+)/([^)\\s]+)`, "g");

/** Writes the current version into the links. */
export async function generateRepositoryLinks(): Promise<void> {
  const path = join(ROOT, "README.md");
  const text = await readFile(path, "utf8");
  const current = withCurrentVersion(text);
  if (current !== text) await writeFile(path, current);
}

export function withCurrentVersion(text: string): string {
  return text.replaceAll(REPOSITORY_LINK, (_link, kind: string, _version, target: string) => `${REPOSITORY}/${kind}/v${version}/${target}`);
}
