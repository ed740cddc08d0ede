/** `npm run build`: the library and the provider plugin into `dist/`; with `--plugin` only the plugin. */
import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { Command } from "commander";
import { buildLibrary } from "./library";
import { buildPlugin } from "./plugin";

const ROOT = resolve(__dirname, "../..");
const DIST = join(ROOT, "dist");
const PLUGIN = join(DIST, "plugin", "terraform-provider-bitlift");

async function buildProvider(): Promise<void> {
  const bytes = await buildPlugin({ entry: join(ROOT, "packages/provider/main.ts"), outfile: PLUGIN });
  console.log(`${relative(ROOT, PLUGIN)}: ${(bytes / 1000).toFixed(0)} kB`);
}

async function buildPackage(): Promise<void> {
  await buildLibrary(ROOT);
  console.log(`${relative(ROOT, DIST)}: compiled`);
}

const command = new Command("npm run build --")
  .description(
    "Builds the provider plugin (dist/plugin, one file) and the library (dist/lib, with vocabulary and diagnostics). Nothing is installed or published.",
  )
  .option("--plugin", "build only the plugin")
  .allowExcessArguments(false)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action(main);

async function main(options: { readonly plugin?: boolean }): Promise<void> {
  const parts = [
    { source: join(ROOT, "packages/provider/main.ts"), build: buildProvider, wanted: true },
    { source: join(ROOT, "lib", "index.ts"), build: buildPackage, wanted: options.plugin !== true },
  ];
  for (const { source, build, wanted } of parts) {
    if (!wanted) continue;
    if (existsSync(source)) await build();
    else console.log(`${relative(ROOT, source)} does not exist: nothing to build from it`);
  }
}

command.parseAsync().catch((thrown: unknown) => {
  // The compiler writes its findings to standard output.
  const found = typeof thrown === "object" && thrown !== null && "stdout" in thrown ? String(thrown.stdout) : "";
  console.error(found === "" ? (thrown instanceof Error ? thrown.message : thrown) : found);
  process.exitCode = 1;
});
