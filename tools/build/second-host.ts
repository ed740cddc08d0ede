/** The copy of `dist/lib` and `dist/stacks` for CDK Terrain: `dist/cdktn`. It shares the packages and the plugin with the first one. */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";

/** Each host: its package, and its folder below `dist`. */
const FIRST = { host: "cdktf", folder: "" };
const SECOND = { host: "cdktn", folder: "cdktn" };
const COPIED = ["lib", "stacks"];
const HOST_FOLDER = join("lib", "host");

/**
 * Writes the copy. Each copied file differs from the first one in the paths that it imports: what both share is one folder farther away, and the index
 * of the host has the other host behind it. Then removes from each copy what only the other host needs.
 */
export async function buildForSecondHost(dist: string): Promise<void> {
  await rm(join(dist, SECOND.folder), { recursive: true, force: true });
  for (const folder of COPIED) {
    const entries = await readdir(join(dist, folder), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => relative(dist, join(parentPath, name)));
    await Promise.all(files.map((file) => copyFile(dist, file)));
  }
  await removeHost(join(dist, FIRST.folder), SECOND.host);
  await removeHost(join(dist, SECOND.folder), FIRST.host);
}

async function copyFile(dist: string, file: string): Promise<void> {
  const target = join(dist, SECOND.folder, file);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, forSecondHost(file, await readFile(join(dist, file), "utf8")));
}

/** The text of a compiled file or its declarations, for the second host. */
export function forSecondHost(file: string, text: string): string {
  return text.replaceAll(RELATIVE_IMPORT, (_, before: string, specifier: string) => before + moved(file, specifier));
}

/** `require("./x")`, `require.resolve("./x")`, `import("./x")`, `from "./x"` and `import "./x"`. */
const RELATIVE_IMPORT = /(\b(?:require(?:\.resolve)?\(|import\(|from |import )")(\.{1,2}\/[^"]+)(?=")/g;

function moved(file: string, specifier: string): string {
  const target = join(dirname(file), specifier);
  if (target === join(HOST_FOLDER, FIRST.host)) return specifier.replace(FIRST.host, SECOND.host);
  return COPIED.some((folder) => target === folder || target.startsWith(folder + sep)) ? specifier : `../${specifier.replace(/^\.\//, "")}`;
}

/** Removes from `lib/host` of a copy the files that load a host, with their declarations. */
async function removeHost(copy: string, host: string): Promise<void> {
  const folder = join(copy, HOST_FOLDER);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".js"));
  for (const name of names) {
    if (!(await readFile(join(folder, name), "utf8")).includes(`require("${host}")`)) continue;
    await Promise.all([name, name.replace(/\.js$/, ".d.ts")].map((file) => rm(join(folder, file))));
  }
}
