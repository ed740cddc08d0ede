/** `npm run build`: builds the plugin and the package into `dist/`; with `--plugin`, only the plugin. */
import { join, relative, resolve } from "node:path";
import { Command } from "commander";
import { buildLibrary } from "./library";
import { buildPlugin } from "./plugin";
import { checkSourceVersions } from "./version-check";

const ROOT = resolve(__dirname, "../..");
const DIST = join(ROOT, "dist");
const PLUGIN = join(DIST, "plugin", "terraform-provider-bitlift");

const command = new Command("npm run build --")
  .description(
    "Builds the plugin (one file in dist/plugin) and the package (dist/lib, the bitlift command, and the packages that they import). Installs and publishes nothing.",
  )
  .option("--plugin", "build only the plugin")
  .allowExcessArguments(false)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action(main);

async function main(options: { readonly plugin?: boolean }): Promise<void> {
  await checkSourceVersions(ROOT);
  const bytes = await buildPlugin({ entry: join(ROOT, "packages/provider/main.ts"), outfile: PLUGIN });
  console.log(`${relative(ROOT, PLUGIN)}: ${(bytes / 1000).toFixed(0)} kB`);
  if (options.plugin === true) return;
  await buildLibrary(ROOT);
  console.log(`${relative(ROOT, DIST)}: compiled`);
}

command.parseAsync().catch((thrown: unknown) => {
  // The compiler writes its errors to standard output.
  const output = typeof thrown === "object" && thrown !== null && "stdout" in thrown ? String(thrown.stdout) : "";
  console.error(output === "" ? (thrown instanceof Error ? thrown.message : thrown) : output);
  process.exitCode = 1;
});
