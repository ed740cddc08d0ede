/** The environment of a child engine: nothing of the caller's Terraform, home or credentials reaches it. */
import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import type { Engine } from "./choose";

/** What a child needs from the caller to run at all. */
const KEPT = ["LANG", "LC_ALL", "TZ", "TMPDIR", "TERM"] as const;

/**
 * Makes `folder`, with a home, caches and an empty CLI configuration in it, and returns the variables of a child process: the engine,
 * the CDKTF CLI (which takes the engine from TERRAFORM_BINARY_NAME) or the plugin. `extra` comes last and wins; undefined removes.
 */
export async function cleanEnvironment(
  engine: Engine,
  folder: string,
  extra: Readonly<Record<string, string | undefined>> = {},
): Promise<Record<string, string>> {
  const home = join(folder, "home");
  const configuration = join(folder, "empty.tfrc");
  await mkdir(home, { recursive: true });
  // OpenTofu prints a warning to standard output when this file does not exist, also before JSON.
  await writeFile(configuration, "");
  const kept = Object.fromEntries(KEPT.map((name) => [name, process.env[name]]));
  const all: Record<string, string | undefined> = {
    ...kept,
    // The plugin starts through `env node`: the Node.js that runs this comes first.
    PATH: [dirname(process.execPath), process.env["PATH"] ?? ""].join(delimiter),
    HOME: home,
    XDG_CONFIG_HOME: join(home, ".config"),
    XDG_CACHE_HOME: join(home, ".cache"),
    CDKTF_HOME: join(home, ".cdktf"),
    TF_CLI_CONFIG_FILE: configuration,
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
    DISABLE_VERSION_CHECK: "1",
    TERRAFORM_BINARY_NAME: engine.path,
    ...extra,
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
