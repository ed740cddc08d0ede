/** Installs the built plugin for a configuration that no app synthesizes: a local mirror, and the engine's `init`, which writes the lock file. */
import { copyFile, cp, mkdir, writeFile } from "node:fs/promises";
import { arch, platform } from "node:os";
import { join, resolve } from "node:path";
import { version } from "../../package.json";
import { runProgram } from "./program";

export const PLUGIN_EXECUTABLE = resolve(__dirname, "../../dist/plugin/terraform-provider-bitlift");
export const PLUGIN_SOURCE = "terraform.local/bitlift/bitlift";

/** An entry of `required_providers`. */
export interface RequiredProvider {
  readonly source: string;
  readonly version: string;
}

/** The `terraform` block that requires the plugin, and other providers by their names. */
export function requiredProviders(others: Readonly<Record<string, RequiredProvider>> = {}) {
  return { required_providers: { bitlift: { source: PLUGIN_SOURCE, version }, ...others } };
}

/** Copies the plugin, by default the built one, into the mirror below `folder`, and initializes the folder for a configuration with no resources. */
export async function installPlugin(
  enginePath: string,
  folder: string,
  env: Readonly<Record<string, string>>,
  plugin = PLUGIN_EXECUTABLE,
): Promise<void> {
  await mirrorPlugin(join(folder, "terraform.d/plugins"), plugin);
  await initialize(enginePath, folder, env, requiredProviders());
}

/** Copies the plugin into a mirror. */
export async function mirrorPlugin(mirror: string, plugin = PLUGIN_EXECUTABLE): Promise<void> {
  const target = join(mirror, PLUGIN_SOURCE, version, `${platform()}_${arch() === "arm64" ? "arm64" : "amd64"}`);
  await mkdir(target, { recursive: true });
  await copyFile(plugin, join(target, `terraform-provider-bitlift_v${version}`));
}

/** Initializes the folder for a configuration with these providers and no resources. */
export async function initialize(
  enginePath: string,
  folder: string,
  env: Readonly<Record<string, string>>,
  terraform: ReturnType<typeof requiredProviders>,
): Promise<void> {
  await writeFile(join(folder, "main.tf.json"), JSON.stringify({ terraform }));
  const { code, output } = await runProgram(enginePath, ["init", "-input=false", "-no-color"], { cwd: folder, env });
  if (code !== 0) throw new Error(output);
}

/** Makes another folder use an installation that `installPlugin` made, without a second `init`. */
export async function reuseInstallation(installation: string, folder: string): Promise<void> {
  // `.terraform` contains a link into the mirror of the installation.
  await cp(join(installation, ".terraform"), join(folder, ".terraform"), { recursive: true, verbatimSymlinks: true });
  await copyFile(join(installation, ".terraform.lock.hcl"), join(folder, ".terraform.lock.hcl"));
}
