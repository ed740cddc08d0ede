/** `npm run build`: the library and the provider plugin into `dist/`; with `--plugin` only the plugin. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { buildPlugin } from "./plugin";

const ROOT = resolve(__dirname, "..");
const DIST = join(ROOT, "dist");
const PLUGIN = join(DIST, "plugin", "terraform-provider-bitlift");

/** `lib/` and what it imports, as the package ships them. */
async function buildLibrary(): Promise<void> {
  await Promise.all(["lib", "vocabulary", "diagnostics"].map((folder) => rm(join(DIST, folder), { recursive: true, force: true })));
  await promisify(execFile)(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", join(ROOT, "tsconfig.build.json")], {
    cwd: ROOT,
  });
  console.log(`${relative(ROOT, join(DIST, "lib"))}: compiled`);
}

async function buildProvider(): Promise<void> {
  const bytes = await buildPlugin({ entry: join(ROOT, "provider", "main.ts"), outfile: PLUGIN });
  console.log(`${relative(ROOT, PLUGIN)}: ${(bytes / 1000).toFixed(0)} kB`);
}

async function main(): Promise<void> {
  const parts = [
    { source: join(ROOT, "provider", "main.ts"), build: buildProvider, wanted: true },
    { source: join(ROOT, "lib", "index.ts"), build: buildLibrary, wanted: !process.argv.includes("--plugin") },
  ];
  for (const { source, build, wanted } of parts) {
    if (!wanted) continue;
    if (existsSync(source)) await build();
    else console.log(`${relative(ROOT, source)} does not exist: nothing to build from it`);
  }
}

main().catch((thrown: unknown) => {
  // The compiler writes its findings to standard output.
  const found = typeof thrown === "object" && thrown !== null && "stdout" in thrown ? String(thrown.stdout) : "";
  console.error(found === "" ? (thrown instanceof Error ? thrown.message : thrown) : found);
  process.exitCode = 1;
});
