/** Installs plugins at the addresses of the published providers. */
import { copyFile, mkdir } from "node:fs/promises";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { version } from "../../package.json";
import { PUBLISHED_TYPES } from "../../packages/domain";
import { PLUGIN_EXECUTABLE, PLUGIN_SOURCE, type PreparedFolder } from "../../tools/harness";

/** The host that the engine adds to a source without one. */
export const registryHost = ({ engine }: PreparedFolder): string =>
  engine.name === "OpenTofu" ? "registry.opentofu.org" : "registry.terraform.io";

/**
 * Engines load every provider of the state, but a move concerns only the provider of the new type. So the plugin of this project, under the names
 * of the published ones, is enough.
 */
export async function installPublished(folder: PreparedFolder): Promise<void> {
  const published = Object.values(PUBLISHED_TYPES).map(({ source }) => `${registryHost(folder)}/${source}`);
  const forks = published.map((source) => source.replace(/\/([^/]+\/[^/]+)$/, "/fork-of-$1"));
  const sources = [PLUGIN_SOURCE, ...new Set([...published, ...forks])];
  for (const source of sources) await install(folder, source);
  const providers = sources.map((source, index) => [index === 0 ? "bitlift" : `published${index}`, { source, version }] as const);
  await folder.write({ terraform: { required_providers: Object.fromEntries(providers) } });
  const { code, output } = await folder.run(["init", "-input=false", "-no-color"]);
  if (code !== 0) throw new Error(output);
}

async function install(folder: PreparedFolder, source: string): Promise<void> {
  const system = `${platform()}_${arch() === "arm64" ? "arm64" : "amd64"}`;
  const target = join(folder.path, "terraform.d/plugins", source, version, system);
  await mkdir(target, { recursive: true });
  await copyFile(PLUGIN_EXECUTABLE, join(target, `terraform-provider-${source.split("/").at(-1) ?? ""}_v${version}`));
}
