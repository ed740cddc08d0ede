/** The cause and the fix if the CLI configuration prevents the engine from finding the plugin. */
import type { Cause } from "../../packages/diagnostics";
import type { InstallationBlock, InstallationMethod } from "./cli-configuration";
import { MIRROR_FOLDER } from "./plugin-mirror";
import type { Obstacle, SearchFailure } from "./plugin-search";

/** @param source Source address of the provider. */
export function installationAdvice(block: InstallationBlock, failure: SearchFailure, source: string): Cause {
  const pattern = patternFor(source);
  const reader = block.engines.length === 1 ? (block.engines[0] ?? "") : "the engine";
  const reasons = failure.obstacles.map(({ method, reason }) => `${nameOf(method)} ${reason}`);
  if (failure.isMissing) reasons.unshift("no method in it has the plugin");
  if (block.overrides.includes(source))
    reasons.push("dev_overrides counts for plan and apply, but not for init, except in new versions of Terraform");
  const steps = failure.obstacles.map(({ method }) => excludeStep(block, method, pattern));
  if (failure.isMissing) steps.unshift(mirrorStep(block, pattern));
  return {
    why: `${block.path} has a provider_installation block, so ${reader} ignores the plugin next to the stack: ${reasons.join("; ")}.`,
    fix: steps.join("\n"),
  };
}

/** Adds the mirror next to the stack. Its path is relative, so the lines hold for every stack and every machine. */
function mirrorStep({ path, isJson, methods }: InstallationBlock, pattern: string): string {
  const mirror = { path: MIRROR_FOLDER, include: [pattern] };
  if (!isJson) {
    const lines = ["filesystem_mirror {", `  path    = "${mirror.path}"`, `  include = ${list(mirror.include)}`, "}"];
    return `Add at the end of provider_installation in ${path}; the path is relative to the folder of each stack:\n${indented(lines)}`;
  }
  const existing = methods.filter(({ kind }) => kind === "filesystem_mirror").map(writtenMirror);
  const lines = `"filesystem_mirror": ${JSON.stringify([...existing, mirror], null, 2)}`.split("\n");
  return `Set in provider_installation in ${path}; the new path is relative to the folder of each stack:\n${indented(lines)}`;
}

function excludeStep({ isJson }: InstallationBlock, method: InstallationMethod, pattern: string): string {
  const patterns = list([...method.exclude, pattern]);
  return `Set in ${nameOf(method)}:\n${indented([isJson ? `"exclude": ${patterns}` : `exclude = ${patterns}`])}`;
}

function writtenMirror({ location, include, exclude }: InstallationMethod): object {
  return { path: location, ...(include.length > 0 && { include }), ...(exclude.length > 0 && { exclude }) };
}

/** The kind, and the location without the login that a URL may contain. */
function nameOf({ kind, location }: Obstacle["method"]): string {
  return location === "" ? kind : `${kind} ${location.replace(/\/\/[^/@]*@/, "//")}`;
}

/** Excludes and includes every provider of the plugin's namespace, of which there is only one. */
function patternFor(source: string): string {
  return `${source.split("/").slice(0, 2).join("/")}/*`;
}

function list(values: readonly string[]): string {
  return `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join("\n");
}
