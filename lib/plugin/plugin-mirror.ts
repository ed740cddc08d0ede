/** Writes the local mirror from which the engine installs the provider plugin, and computes the hash that pins the plugin. */
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

/** The platforms that the plugin supports. It is a script, so its bytes and its hash are the same on all of them. */
export const PLATFORMS = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64"] as const;

/** The implied local mirror in a working directory. Engines search it without any configuration. */
export const MIRROR_FOLDER = join("terraform.d", "plugins");

/** A version of a provider plugin. */
export interface PluginPackage {
  /** Source address, such as `terraform.local/bitlift/bitlift`. */
  readonly source: string;
  readonly version: string;
  /** The executable. */
  readonly bytes: Buffer;
}

/** Writes the plugin into the mirror of a working directory. Files that are already up to date are not touched. */
export function writeMirror(workingDirectory: string, plugin: PluginPackage): void {
  const versionFolder = join(workingDirectory, MIRROR_FOLDER, ...plugin.source.split("/"), plugin.version);
  const [platform, ...linkedPlatforms] = PLATFORMS;
  mkdirSync(join(versionFolder, platform), { recursive: true });
  writeExecutable(join(versionFolder, platform, executableName(plugin)), plugin.bytes);
  for (const linkedPlatform of linkedPlatforms) writeLink(join(versionFolder, linkedPlatform), platform);
}

/**
 * The `h1:` hash of a package that contains only the executable, as `terraform init` computes it for the folder: the SHA-256 of
 * `<hexadecimal SHA-256 of the file>  <name>\n`, in base64.
 */
export function packageHash(plugin: PluginPackage): string {
  const fileHash = createHash("sha256").update(plugin.bytes).digest("hex");
  const listing = `${fileHash}  ${executableName(plugin)}\n`;
  return `h1:${createHash("sha256").update(listing).digest("base64")}`;
}

function executableName({ source, version }: PluginPackage): string {
  return `terraform-provider-${source.split("/").at(-1) ?? ""}_v${version}`;
}

function writeExecutable(path: string, bytes: Buffer): void {
  if (existsSync(path) && readFileSync(path).equals(bytes)) return;
  // Renaming does not disturb an engine that is running the old file.
  const temporaryPath = `${path}.${process.pid}.new`;
  writeFileSync(temporaryPath, bytes);
  chmodSync(temporaryPath, 0o755);
  renameSync(temporaryPath, path);
}

function writeLink(path: string, target: string): void {
  const existing = lstatSync(path, { throwIfNoEntry: false });
  if (existing?.isSymbolicLink() === true && readlinkSync(path) === target) return;
  if (existing !== undefined) rmSync(path, { recursive: true });
  symlinkSync(target, path);
}
