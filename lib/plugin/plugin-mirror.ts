/** The folder beside a stack from which the engine takes the provider plugin, and the hash that pins it. */
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

/** The platforms that one plugin serves: it is a script, so its bytes and its hash are the same on all. */
export const PLATFORMS = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64"] as const;

/** Where engines look for plugins without being told: below the working directory. */
export const MIRROR_FOLDER = join("terraform.d", "plugins");

/** One version of a provider, as a file. */
export interface PluginPackage {
  /** Full address: `terraform.local/bitlift/bitlift`. */
  readonly source: string;
  readonly version: string;
  /** The executable. */
  readonly bytes: Buffer;
}

/** Writes the plugin into the mirror of a working directory. What is there already is left alone. */
export function writeMirror(workingDirectory: string, plugin: PluginPackage): void {
  const versionFolder = join(workingDirectory, MIRROR_FOLDER, ...plugin.source.split("/"), plugin.version);
  const [real, ...links] = PLATFORMS;
  mkdirSync(join(versionFolder, real), { recursive: true });
  writeExecutable(join(versionFolder, real, executableName(plugin)), plugin.bytes);
  for (const platform of links) writeLink(join(versionFolder, platform), real);
}

/**
 * The `h1:` hash of a package that holds the plugin alone: SHA-256 over `<SHA-256 of the file in hex>  <name>\n`, in base64.
 * It is what `terraform init` computes of the folder.
 */
export function packageHash(plugin: PluginPackage): string {
  const file = createHash("sha256").update(plugin.bytes).digest("hex");
  const list = createHash("sha256").update(`${file}  ${executableName(plugin)}\n`);
  return `h1:${list.digest("base64")}`;
}

function executableName({ source, version }: PluginPackage): string {
  return `terraform-provider-${source.split("/").at(-1) ?? ""}_v${version}`;
}

function writeExecutable(path: string, bytes: Buffer): void {
  if (existsSync(path) && readFileSync(path).equals(bytes)) return;
  // By rename: an engine that runs the old file at this moment keeps it.
  const scratch = `${path}.${String(process.pid)}.new`;
  writeFileSync(scratch, bytes);
  chmodSync(scratch, 0o755);
  renameSync(scratch, path);
}

function writeLink(path: string, target: string): void {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there?.isSymbolicLink() === true && readlinkSync(path) === target) return;
  if (there !== undefined) rmSync(path, { recursive: true });
  symlinkSync(target, path);
}
