/** Small shell scripts that answer `version` as an engine does, in a folder that serves as the whole PATH. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a shim says: the family, the version, and what it prints first when its CLI configuration file does not exist. */
export interface Shim {
  readonly family: "Terraform" | "OpenTofu";
  readonly version: string;
  /** Prints OpenTofu's warning to standard output when TF_CLI_CONFIG_FILE names a missing file. */
  readonly warns?: boolean;
}

/** A PATH of one folder, filled with shims; remove it with `removePaths`. */
export function privatePath(shims: Readonly<Record<string, Shim | string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "bitlift-path-"));
  made.push(folder);
  for (const [name, shim] of Object.entries(shims)) {
    writeFileSync(join(folder, name), typeof shim === "string" ? shim : script(shim), { mode: 0o755 });
  }
  return folder;
}

/** Removes every folder that `privatePath` made. */
export function removePaths(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

const made: string[] = [];

function script(shim: Shim): string {
  const json = JSON.stringify({ terraform_version: shim.version, platform: "linux_amd64", provider_selections: {} });
  return [
    "#!/bin/sh",
    shim.warns === true ? 'if [ ! -e "$TF_CLI_CONFIG_FILE" ]; then echo "There are some problems with the CLI configuration: {x}"; fi' : "",
    `if [ "$2" = "-json" ]; then echo '${json}'; else echo '${shim.family} v${shim.version}'; echo 'on linux_amd64'; fi`,
    "",
  ].join("\n");
}
