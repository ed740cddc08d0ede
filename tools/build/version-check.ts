/** The version stands in package.json. Generated files and manifests repeat it, so a build checks that they agree. */
import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

interface Manifest {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Where a file repeats the version. */
interface Repetition {
  readonly file: string;
  readonly version: string;
}

/**
 * Checks the sources below `root`.
 * @throws Error that names the files with another version
 */
export async function checkSourceVersions(root: string): Promise<void> {
  const version = await currentVersion(root);
  const different = (await repetitions(root)).filter((repetition) => repetition.version !== version);
  if (different.length === 0) return;
  const files = [...new Map(different.map(({ file, version: other }) => [file, `${file} (${other})`])).values()];
  const listed = files.slice(0, 3).join(", ") + (files.length > 3 ? `, and ${files.length - 3} more` : "");
  throw new Error(
    `package.json has version ${version}, but other files have another version: ${listed}. Run npm run generate, and commit the result.`,
  );
}

/**
 * Checks what was built into `dist` below `root`.
 * @throws Error if something is missing, or was built from another version
 */
export async function checkBuiltVersions(root: string): Promise<void> {
  const version = await currentVersion(root);
  const library = await readManifest(root, "dist/package.json").then(
    (manifest) => manifest.version,
    () => undefined,
  );
  const plugin = await promisify(execFile)(process.execPath, [join(root, "dist/plugin/terraform-provider-bitlift"), "--help"]).then(
    ({ stdout }) => /^\S+ (\S+):/.exec(stdout)?.[1],
    () => undefined,
  );
  for (const [name, built] of [
    ["the library (dist/lib)", library],
    ["the plugin (dist/plugin)", plugin],
  ] as const) {
    if (built === version) continue;
    const found =
      built === undefined
        ? `npm pack packs what is built, but ${name} is not built`
        : `package.json has version ${version}, but ${name} was built from version ${built}`;
    throw new Error(`${found}. Run npm run build, and pack again.`);
  }
}

async function currentVersion(root: string): Promise<string> {
  return (await readManifest(root, "package.json")).version ?? "";
}

async function repetitions(root: string): Promise<Repetition[]> {
  const lock = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8")) as { packages: Record<string, Manifest> };
  const own = Object.entries(lock.packages).filter(([path]) => path === "" || /^packages\/[^/]+$/.test(path));
  const folders = own.map(([path]) => path).filter((path) => path !== "");
  const manifests = folders.map(async (path) => [`${path}/package.json`, await readManifest(root, `${path}/package.json`)] as const);
  const bindings = (await readdir(join(root, "lib/bindings"), { recursive: true })).filter((name) => name.endsWith("index.ts"));
  const examples = (await readdir(join(root, "examples"), { recursive: true })).filter((name) => name.endsWith("package.json"));
  return [
    ...own.flatMap(([, manifest]) => versionsIn("package-lock.json", manifest)),
    ...(await Promise.all(manifests)).flatMap(([file, manifest]) => versionsIn(file, manifest)),
    ...(
      await Promise.all(bindings.map((name) => matches(root, join("lib/bindings", name), /providerVersion(?:Constraint)?: '([^']*)'/g)))
    ).flat(),
    ...(await Promise.all(examples.map((name) => matches(root, join("examples", name), /"bitlift": "([^"]*)"/g)))).flat(),
    ...(await matches(root, "docs/index.md", /terraform\.local\/bitlift\/bitlift\/(\d[^/\s]*)\//g)),
  ];
}

/** Of a manifest, and of the packages of this repository that it depends on. */
function versionsIn(file: string, { version = "none", dependencies = {} }: Manifest): Repetition[] {
  const own = Object.entries(dependencies).filter(([name]) => name.startsWith("@bitlift/"));
  return [version, ...own.map(([, required]) => required)].map((found) => ({ file, version: found }));
}

async function matches(root: string, file: string, pattern: RegExp): Promise<Repetition[]> {
  const text = await readFile(join(root, file), "utf8");
  return [...text.matchAll(pattern)].map(([, version = ""]) => ({ file, version }));
}

async function readManifest(root: string, file: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(root, file), "utf8")) as Manifest;
}
