/** Reads the engine's CLI configuration, which determines where the engine searches for plugins. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join, resolve } from "node:path";
import { blocksIn, parseHcl, parseJson, type HclObject } from "./hcl";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The engines have separate CLI configurations. */
export type EngineName = "Terraform" | "OpenTofu";

/** The kinds of methods in the order in which a `provider_installation` block is usually written. OpenTofu alone has `oci_mirror`. */
const METHOD_KINDS = ["filesystem_mirror", "network_mirror", "oci_mirror", "direct"] as const;

/** One place where the engine searches for the providers that match its patterns. */
export interface InstallationMethod {
  readonly kind: (typeof METHOD_KINDS)[number];
  /** Folder, URL or repository template. Empty for `direct`. */
  readonly location: string;
  /** Patterns such as `registry.terraform.io/hashicorp/*`. Empty: every provider. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** A `provider_installation` block. It makes the engine ignore the mirror next to a stack. */
export interface InstallationBlock {
  /** The engines that read it. */
  readonly engines: readonly EngineName[];
  readonly path: string;
  readonly isJson: boolean;
  readonly methods: readonly InstallationMethod[];
  /** Source addresses of the providers in `dev_overrides`. */
  readonly overrides: readonly string[];
  /** The hosts for which the configuration names a registry. */
  readonly configuredHosts: readonly string[];
}

/**
 * Finds the `provider_installation` block that each engine reads. Engines with the same block share one entry.
 * @param workingDirectory Folder of the stack, in which the engine runs.
 */
export function findInstallationBlocks(
  workingDirectory: string,
  environment: Environment = process.env,
  home: string = environment["HOME"] ?? homedir(),
): readonly InstallationBlock[] {
  const found = new Map<string, InstallationBlock>();
  for (const engine of enginesFor(environment)) {
    const block = readInstallationBlock(engine, configurationFiles(engine, environment, home, workingDirectory));
    if (block === undefined) continue;
    found.set(block.path, { ...block, engines: [...(found.get(block.path)?.engines ?? []), engine] });
  }
  return [...found.values()];
}

/** The engine that the cdktf command runs. Without its setting, the stack may be deployed with either engine. */
function enginesFor(environment: Environment): readonly EngineName[] {
  const binary = environment["TERRAFORM_BINARY_NAME"] ?? "";
  if (binary === "") return ["Terraform", "OpenTofu"];
  return basename(binary).includes("tofu") ? ["OpenTofu"] : ["Terraform"];
}

/** The files that an engine merges into its CLI configuration. */
function configurationFiles(engine: EngineName, environment: Environment, home: string, workingDirectory: string): readonly string[] {
  // An empty variable counts as not set.
  const configured = environment["TF_CLI_CONFIG_FILE"] || environment["TERRAFORM_CONFIG"];
  if (configured) return [resolve(workingDirectory, configured)].filter((path) => existsSync(path));
  const xdgFolder = engine === "OpenTofu" && environment["XDG_CONFIG_HOME"] ? join(environment["XDG_CONFIG_HOME"], "opentofu") : undefined;
  const mainFiles = [join(home, ".terraformrc")];
  if (engine === "OpenTofu") mainFiles.unshift(join(home, ".tofurc"));
  if (xdgFolder !== undefined) mainFiles.push(join(xdgFolder, "tofurc"));
  const homeFolder = join(home, ".terraform.d");
  const folder = xdgFolder !== undefined && !existsSync(homeFolder) ? xdgFolder : homeFolder;
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /\.tfrc(\.json)?$/.test(name)) : [];
  // Only the first main file counts.
  return [...mainFiles.filter((path) => existsSync(path)).slice(0, 1), ...names.map((name) => join(folder, name))];
}

/** Reads the block that counts: the first, although the engine reports an error if there are more. Files that it cannot parse count as empty. */
function readInstallationBlock(engine: EngineName, paths: readonly string[]): InstallationBlock | undefined {
  const sources = paths.map((path) => ({ path, text: readText(path) }));
  // Loading the parser takes longer than the rest of a small synthesis, and most files have no such block.
  if (!sources.some(({ text }) => text.includes("provider_installation"))) return undefined;
  const files = sources.map(({ path, text }) => ({ path, json: parseJson(text), content: parseHcl(text) ?? {} }));
  const configuredHosts = files.flatMap(({ content }) => blocksIn(content, "host").flatMap((block) => Object.keys(block)));
  const [first] = files.flatMap(({ path, json, content }) => {
    const ignored = json === undefined ? [] : ignoredKinds(json);
    return blocksIn(content, "provider_installation").map((block) => {
      const methods = methodsIn(block).filter(({ kind }) => !ignored.includes(kind));
      const overrides = blocksIn(block, "dev_overrides").flatMap((override) => Object.keys(override));
      return { engines: [engine], path, isJson: json !== undefined, methods, overrides, configuredHosts };
    });
  });
  return first;
}

/** The text of a file. A file that cannot be read or is not in UTF-8 counts as empty. So it does for the engine, which also reports it. */
function readText(path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch {
    return "";
  }
}

/** In JSON, the engine accepts methods only in lists. It reports an error about an object, and ignores it. */
function ignoredKinds({ provider_installation: block }: HclObject): readonly string[] {
  const entries = typeof block === "object" && block !== null ? Object.entries(block) : [];
  return entries.filter(([, value]) => !Array.isArray(value)).map(([kind]) => kind);
}

function methodsIn(block: HclObject): readonly InstallationMethod[] {
  return METHOD_KINDS.flatMap((kind) =>
    blocksIn(block, kind)
      .filter(hasPatternLists)
      .map((method) => ({
        kind,
        location: [method["path"], method["url"], method["repository_template"]].find((value) => typeof value === "string") ?? "",
        include: texts(method["include"]),
        exclude: texts(method["exclude"]),
      })),
  );
}

/** The engine reports an error about patterns that are not lists, and ignores the method. */
function hasPatternLists({ include = [], exclude = [] }: HclObject): boolean {
  return Array.isArray(include) && Array.isArray(exclude);
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}
