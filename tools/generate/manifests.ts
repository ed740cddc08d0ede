/** Writes the version of package.json into the manifests of the packages and into the lock file, which `npm version` leaves as they are. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "./document";

interface Manifest {
  version?: string;
  dependencies?: Record<string, string>;
  /** In a lock file: manifests, by their folder. */
  packages?: Record<string, Manifest>;
}

export async function generateManifests(root = ROOT): Promise<void> {
  const { version = "" } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as Manifest;
  const folders = (await readdir(join(root, "packages"), { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const files = [...folders.map(({ name }) => join("packages", name, "package.json")), "package-lock.json"];
  for (const file of files) {
    const manifest = JSON.parse(await readFile(join(root, file), "utf8")) as Manifest;
    setVersion(manifest, version);
    // The format of npm, so that the same version leaves the file unchanged.
    await writeFile(join(root, file), `${JSON.stringify(manifest, null, 2)}\n`);
  }
}

function setVersion(manifest: Manifest, version: string): void {
  manifest.version = version;
  const { dependencies = {}, packages = {} } = manifest;
  for (const name of Object.keys(dependencies)) if (name.startsWith("@bitlift/")) dependencies[name] = version;
  for (const [path, locked] of Object.entries(packages)) if (/^(|packages\/[^/]+)$/.test(path)) setVersion(locked, version);
}
