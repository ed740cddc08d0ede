/** The environment of an engine process, without the caller's engine settings, home folder and credentials. */
import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import type { Engine } from "./choose";

/** Variables that a child process inherits unchanged. */
const INHERITED = ["LANG", "LC_ALL", "TZ", "TMPDIR", "TERM"] as const;

/**
 * Creates `folder` with a home folder, caches and an empty CLI configuration in it. Returns the environment variables of a child process:
 * the engine, the CDKTF CLI (which reads the engine's path from TERRAFORM_BINARY_NAME) or the plugin. `extra` overrides them; undefined removes one.
 */
export async function cleanEnvironment(
  engine: Engine,
  folder: string,
  extra: Readonly<Record<string, string | undefined>> = {},
): Promise<Record<string, string>> {
  const home = join(folder, "home");
  const configuration = join(folder, "empty.tfrc");
  await mkdir(home, { recursive: true });
  // If this file does not exist, OpenTofu prints a warning to standard output, even before JSON.
  await writeFile(configuration, "");
  const inherited = Object.fromEntries(INHERITED.map((name) => [name, process.env[name]]));
  const variables: Record<string, string | undefined> = {
    ...inherited,
    // The plugin must find the Node.js that runs this code.
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
  return Object.fromEntries(Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
