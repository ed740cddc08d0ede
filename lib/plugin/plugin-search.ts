/** Determines whether an engine finds the plugin with its CLI configuration, and what prevents that. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { InstallationBlock, InstallationMethod } from "./cli-configuration";
import { MIRROR_FOLDER, PLATFORMS, type PluginPackage } from "./plugin-mirror";

/** A method that makes `init` fail although another method has the plugin. */
export interface Obstacle {
  readonly method: InstallationMethod;
  /** What the engine does with it, as the end of a sentence. */
  readonly reason: string;
}

/** What is wrong with a configuration. The result is undefined if the engine finds the plugin. */
export interface SearchFailure {
  /** Whether no method has the plugin. */
  readonly isMissing: boolean;
  /** The methods that must exclude the plugin. */
  readonly obstacles: readonly Obstacle[];
}

/** @param workingDirectory Folder of the stack, in which the engine runs. */
export function searchPlugin(block: InstallationBlock, plugin: PluginPackage, workingDirectory: string): SearchFailure | undefined {
  const host = hostOf(plugin.source);
  const methods = block.methods.filter((method) => accepts(method, plugin.source));
  const obstacles: Obstacle[] = [];
  let isMissing = true;
  for (const method of methods) {
    const outcome = search(method, plugin, workingDirectory, block.configuredHosts.includes(host));
    if (outcome === "found") isMissing = false;
    else if (outcome !== "not found") obstacles.push({ method, reason: outcome });
  }
  return isMissing || obstacles.length > 0 ? { isMissing, obstacles } : undefined;
}

/** Whether one of the folders that `init -plugin-dir` names has the plugin. The engine fails if one of them does not exist. */
export function isInFolders(folders: readonly string[], plugin: PluginPackage, workingDirectory: string): boolean {
  const outcomes = folders.map((folder) => searchMirror(folder, plugin, workingDirectory));
  return outcomes.includes("found") && outcomes.every((outcome) => outcome === "found" || outcome === "not found");
}

/** Returns `found`, `not found`, or why the method makes `init` fail. */
function search({ kind, location, include }: InstallationMethod, plugin: PluginPackage, folder: string, hasRegistry: boolean): string {
  if (kind === "filesystem_mirror") return searchMirror(location, plugin, folder);
  if (kind === "direct")
    return hasRegistry ? "found" : `requests the plugin from the registry of ${hostOf(plugin.source)}, which does not exist`;
  // Nobody names this host in a pattern unless the mirror has the plugin.
  if (include.some((pattern) => pattern.startsWith(`${hostOf(plugin.source)}/`))) return "found";
  return "requests the plugin from that server, and fails unless the server responds that it has none";
}

function searchMirror(mirror: string, plugin: PluginPackage, workingDirectory: string): string {
  const path = resolve(workingDirectory, mirror);
  // Synthesis is about to write this one.
  if (path === resolve(workingDirectory, MIRROR_FOLDER)) return "found";
  if (!existsSync(path)) return "searches a folder that does not exist";
  const provider = join(path, ...plugin.source.split("/"));
  if (!existsSync(provider)) return "not found";
  const type = plugin.source.split("/").at(-1) ?? "";
  const packed = PLATFORMS.map((platform) => `terraform-provider-${type}_${plugin.version}_${platform}.zip`);
  if (readdirSync(provider).some((name) => packed.includes(name))) return "found";
  const folders = PLATFORMS.map((platform) => join(provider, plugin.version, platform)).filter((platform) => existsSync(platform));
  if (folders.length === 0) return "not found";
  return folders.every((platform) => hasBuild(platform, plugin)) ? "found" : "has another build of this version of the plugin";
}

function hasBuild(folder: string, { bytes }: PluginPackage): boolean {
  const [name, ...others] = readdirSync(folder);
  return name !== undefined && others.length === 0 && readFileSync(join(folder, name)).equals(bytes);
}

/** Whether the engine uses a method for a provider. `exclude` takes priority. */
function accepts({ include, exclude }: InstallationMethod, source: string): boolean {
  if (exclude.some((pattern) => matches(pattern, source))) return false;
  return include.length === 0 || include.some((pattern) => matches(pattern, source));
}

/** A pattern without a host stands for the default registry, which does not have the plugin. */
function matches(pattern: string, source: string): boolean {
  const [parts, address] = [pattern.toLowerCase().split("/"), source.split("/")];
  return parts.length === address.length && parts.every((part, index) => part === "*" || part === address[index]);
}

function hostOf(source: string): string {
  return source.split("/")[0] ?? "";
}
