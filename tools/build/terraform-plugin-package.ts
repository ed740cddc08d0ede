/** `npm run package -w @bitlift/terraform-plugin`: prepares a folder that `npm pack` turns into a package for use outside this repository. */
import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { promisify } from "node:util";

const ROOT = resolve(__dirname, "../..");
const SOURCE = join(ROOT, "packages/terraform-plugin");
const ENTRY = "dist/terraform-plugin/index";

/** The fields that the package takes from the manifest in the repository. */
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly sideEffects: boolean;
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

/**
 * Fills `folder` with compiled JavaScript, type declarations, README, license and manifest. `packages/diagnostics` is compiled beside the
 * runtime, so that the relative imports between them stay valid and the package depends on no other package of this repository.
 */
export async function makeTerraformPluginPackage(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const compiler = require.resolve("typescript/bin/tsc");
  const project = join(SOURCE, "tsconfig.package.json");
  await promisify(execFile)(process.execPath, [compiler, "-p", project, "--outDir", join(folder, "dist")], { cwd: ROOT });
  const manifest = JSON.parse(await readFile(join(SOURCE, "package.json"), "utf8")) as Manifest;
  await writeFile(join(folder, "package.json"), `${JSON.stringify(packedManifest(manifest), null, 2)}\n`);
  await cp(join(SOURCE, "README.md"), join(folder, "README.md"));
  await cp(join(ROOT, "LICENSE"), join(folder, "LICENSE"));
}

function packedManifest({ name, version, description, license, sideEffects, engines, dependencies }: Manifest): object {
  return {
    name,
    version,
    description,
    license,
    main: `./${ENTRY}.js`,
    types: `./${ENTRY}.d.ts`,
    exports: { ".": { types: `./${ENTRY}.d.ts`, default: `./${ENTRY}.js` }, "./package.json": "./package.json" },
    files: ["dist"],
    sideEffects,
    engines,
    dependencies: Object.fromEntries(Object.entries(dependencies).filter(([dependency]) => !dependency.startsWith("@bitlift/"))),
  };
}

async function main(): Promise<void> {
  const folder = join(ROOT, "dist/terraform-plugin-package");
  await makeTerraformPluginPackage(folder);
  console.log(`${relative(ROOT, folder)}: run \`npm pack ./${relative(ROOT, folder)}\` at the root of the repository`);
}

if (require.main === module) {
  main().catch((thrown: unknown) => {
    // The compiler writes its errors to standard output.
    const output = typeof thrown === "object" && thrown !== null && "stdout" in thrown ? String(thrown.stdout) : "";
    console.error(output === "" ? thrown : output);
    process.exitCode = 1;
  });
}
