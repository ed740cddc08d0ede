/** Writes the version of package.json into the manifests of the packages and examples and into the lock file, which `npm version` leaves as they are. */
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "./document";

interface Manifest {
  name?: string;
  version?: string;
  dependencies?: Record<string, string>;
  /** In a lock file: manifests, by their folder. */
  packages?: Record<string, Manifest>;
}

export async function generateManifests(root = ROOT): Promise<void> {
  const { name: own = "", version = "" } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as Manifest;
  for (const file of [...(await manifestsIn(root, "packages")), "package-lock.json"])
    await change(join(root, file), (manifest) => {
      setVersion(manifest, version);
    });
  // An example has no version. It depends on the published package.
  for (const file of await manifestsIn(root, "examples"))
    await change(join(root, file), ({ dependencies = {} }) => {
      if (own in dependencies) dependencies[own] = version;
    });
}

async function manifestsIn(root: string, folder: string): Promise<readonly string[]> {
  const names = await readdir(join(root, folder));
  return names.map((name) => join(folder, name, "package.json")).filter((file) => existsSync(join(root, file)));
}

async function change(path: string, edit: (manifest: Manifest) => void): Promise<void> {
  const manifest = JSON.parse(await readFile(path, "utf8")) as Manifest;
  edit(manifest);
  // The format of npm, so that the same version leaves the file unchanged.
  await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`);
}

function setVersion(manifest: Manifest, version: string): void {
  manifest.version = version;
  const { dependencies = {}, packages = {} } = manifest;
  for (const name of Object.keys(dependencies)) if (name.startsWith("@bitlift/")) dependencies[name] = version;
  for (const [path, locked] of Object.entries(packages)) if (/^(|packages\/[^/]+)$/.test(path)) setVersion(locked, version);
}
