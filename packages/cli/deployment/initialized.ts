/** Whether `init` has prepared a folder: a marker in the folder of the engine's data names what it was prepared for, and what that made. */
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const MARKER = "bitlift-init";
/** What the plan needs besides the providers, if `init` wrote it: the modules and the backend. */
const FILES = ["modules/modules.json", "terraform.tfstate"];
/** host/namespace/type/version/platform */
const PROVIDER_DEPTH = 5;

/** @param hash Of everything that makes another `init` necessary. */
export async function isInitialized(data: string, hash: string): Promise<boolean> {
  const marker = await readFile(join(data, MARKER), "utf8").catch(() => "");
  const [prepared, ...made] = marker.split("\n");
  // A provider may be a link to a folder that no longer exists.
  return prepared === hash && made.length > 0 && made.every((path) => existsSync(join(data, path)));
}

export async function writeMarker(data: string, hash: string): Promise<void> {
  await mkdir(data, { recursive: true });
  const made = [...FILES.filter((path) => existsSync(join(data, path))), ...(await providersIn(data))];
  await writeFile(join(data, MARKER), [hash, ".", ...made].join("\n"));
}

async function providersIn(data: string): Promise<readonly string[]> {
  let paths: readonly string[] = ["providers"];
  for (let depth = 0; depth < PROVIDER_DEPTH; depth += 1) {
    const below = paths.map(async (path) => (await readdir(join(data, path)).catch(() => [])).map((name) => join(path, name)));
    paths = (await Promise.all(below)).flat();
  }
  return paths;
}
