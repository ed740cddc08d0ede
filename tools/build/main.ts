/** `npm run build`: builds the provider plugin and the library into `dist/`; with `--plugin`, only the plugin. */
import { execFile } from "node:child_process";

import { rm } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { Command } from "commander";
import { buildPlugin } from "./plugin";

const ROOT = resolve(__dirname, "../..");
const DIST = join(ROOT, "dist");
const PLUGIN = join(DIST, "plugin", "terraform-provider-bitlift");

/** Compiles `lib/` and everything that it imports, as the published package contains them. */
async function buildLibrary(): Promise<void> {
  await Promise.all(["lib", "packages"].map((folder) => rm(join(DIST, folder), { recursive: true, force: true })));
  await promisify(execFile)(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", join(ROOT, "tsconfig.build.json")], {
    cwd: ROOT,
  });
  console.log(`${relative(ROOT, join(DIST, "lib"))}: compiled`);
}

async function buildProvider(): Promise<void> {
  const bytes = await buildPlugin({ entry: join(ROOT, "packages/provider/main.ts"), outfile: PLUGIN });
  console.log(`${relative(ROOT, PLUGIN)}: ${(bytes / 1000).toFixed(0)} kB`);
}

const command = new Command("npm run build --")
  .description(
    "Builds the provider plugin (one file in dist/plugin) and the library (dist/lib, and the packages that it imports). Installs and publishes nothing.",
  )
  .option("--plugin", "build only the plugin")
  .allowExcessArguments(false)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action(main);

async function main(options: { readonly plugin?: boolean }): Promise<void> {
  await buildProvider();
  if (options.plugin !== true) await buildLibrary();
}

command.parseAsync().catch((thrown: unknown) => {
  // The compiler writes its errors to standard output.
  const compilerOutput = typeof thrown === "object" && thrown !== null && "stdout" in thrown ? String(thrown.stdout) : "";
  console.error(compilerOutput === "" ? (thrown instanceof Error ? thrown.message : thrown) : compilerOutput);
  process.exitCode = 1;
});
