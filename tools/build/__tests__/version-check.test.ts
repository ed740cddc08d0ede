/** A new version in package.json, in a copy of the project: nothing is built or packed until everything has it. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { version } from "../../../package.json";
import { generateManifests } from "../../generate/manifests";
import { checkBuiltVersions, checkSourceVersions } from "../version-check";

const ROOT = resolve(__dirname, "../../..");
let copy: string;

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), "bitlift-version-"));
  const manifests = readdirSync(join(ROOT, "packages")).map((name) => `packages/${name}/package.json`);
  for (const path of [
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "docs/index.md",
    "examples",
    "lib/bindings",
    "tools/build",
    ...manifests,
  ]) {
    cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
});
afterEach(() => {
  rmSync(copy, { recursive: true });
});

/** Replaces the version in one file of the copy. */
function replaceVersion(path: string, by = "9.8.7"): void {
  writeFileSync(join(copy, path), readFileSync(join(copy, path), "utf8").replaceAll(version, by));
}

const run = (script: string) =>
  spawnSync(process.execPath, ["--import", "tsx", join(copy, "tools/build", script)], { cwd: copy, encoding: "utf8" });

it("the project has one version", async () => {
  await expect(checkSourceVersions(ROOT)).resolves.toBeUndefined();
});

it.each(["main.ts", "before-pack.ts"])("a new version alone stops %s with a sentence, and nothing is built", (script) => {
  replaceVersion("package.json");
  const { status, stderr, stdout } = run(script);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(
    new RegExp(
      `^package\\.json has version 9\\.8\\.7, but other files have another version: .* \\(${version}\\), .*, and \\d+ more\\. Run npm run generate, and commit the result\\.\\n$`,
    ),
  );
  expect(existsSync(join(copy, "dist"))).toBe(false);
});

it.each([
  "package-lock.json",
  "packages/domain/package.json",
  "examples/constructs/package.json",
  "lib/bindings/space/index.ts",
  "docs/index.md",
])("another version in %s alone is found", async (file) => {
  replaceVersion(file);
  await expect(checkSourceVersions(copy)).rejects.toThrow(`${file} (9.8.7)`);
});

it("another version of a package of this repository, in a dependency, is found", async () => {
  const file = "packages/clients/package.json";
  const text = readFileSync(join(copy, file), "utf8");
  writeFileSync(join(copy, file), text.replace(`"@bitlift/domain": "${version}"`, '"@bitlift/domain": "9.8.7"'));
  await expect(checkSourceVersions(copy)).rejects.toThrow(`${file} (9.8.7)`);
});

it("following the sentence helps: the generators write the new version everywhere", async () => {
  replaceVersion("package.json");
  await generateManifests(copy);
  // The generators of these files read the version of package.json; they take too long here.
  const bindings = readdirSync(join(copy, "lib/bindings")).map((name) => `lib/bindings/${name}/index.ts`);
  for (const file of ["docs/index.md", ...bindings.filter((name) => existsSync(join(copy, name)))]) replaceVersion(file);
  await expect(checkSourceVersions(copy)).resolves.toBeUndefined();
});

it("what was built from another version, or not at all, is not packed", async () => {
  await expect(checkBuiltVersions(copy)).rejects.toThrow("the library (dist/lib) is not built. Run npm run build, and pack again.");
  mkdirSync(join(copy, "dist/plugin"), { recursive: true });
  writeFileSync(join(copy, "dist/package.json"), JSON.stringify({ version: "9.8.7" }));
  await expect(checkBuiltVersions(copy)).rejects.toThrow("the library (dist/lib) was built from version 9.8.7.");
  writeFileSync(join(copy, "dist/package.json"), JSON.stringify({ version }));
  const plugin = join(copy, "dist/plugin/terraform-provider-bitlift");
  writeFileSync(plugin, 'console.log("terraform.local/bitlift/bitlift 9.8.7: a provider");');
  await expect(checkBuiltVersions(copy)).rejects.toThrow("the plugin (dist/plugin) was built from version 9.8.7.");
  writeFileSync(plugin, `console.log("terraform.local/bitlift/bitlift ${version}: a provider");`);
  await expect(checkBuiltVersions(copy)).resolves.toBeUndefined();
});
