/** Shell scripts that print a version as engines do, in a folder that is the whole PATH. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An engine to imitate. */
export interface Shim {
  readonly name: "Terraform" | "OpenTofu";
  readonly version: string;
  /** Whether it prints OpenTofu's warning to standard output if the file in TF_CLI_CONFIG_FILE does not exist. */
  readonly warns?: boolean;
}

/** Creates a folder with these shims, to use as PATH; a string is the whole script. `removePaths` removes the folder. */
export function privatePath(shims: Readonly<Record<string, Shim | string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "bitlift-path-"));
  folders.push(folder);
  for (const [name, shim] of Object.entries(shims)) {
    writeFileSync(join(folder, name), typeof shim === "string" ? shim : shellScript(shim), { mode: 0o755 });
  }
  return folder;
}

/** Removes every folder that `privatePath` has created. */
export function removePaths(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

const folders: string[] = [];

function shellScript(shim: Shim): string {
  const json = JSON.stringify({ terraform_version: shim.version, platform: "linux_amd64", provider_selections: {} });
  return [
    "#!/bin/sh",
    shim.warns === true ? 'if [ ! -e "$TF_CLI_CONFIG_FILE" ]; then echo "There are some problems with the CLI configuration: {x}"; fi' : "",
    `if [ "$2" = "-json" ]; then echo '${json}'; else echo '${shim.name} v${shim.version}'; echo 'on linux_amd64'; fi`,
    "",
  ].join("\n");
}
