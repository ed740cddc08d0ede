/** The user's engine configuration, as far as it decides where plugins are looked for. */
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** A configuration file with a `provider_installation` block, which switches the folder beside the stack off. */
export interface InstallationBlock {
  readonly path: string;
  /** Whether the file mentions the provider, so that somebody has taken care of it. */
  readonly mentionsProvider: boolean;
}

/**
 * Looks where the engines look: TF_CLI_CONFIG_FILE alone when it is set, else the home directory.
 * @param source Address of the provider.
 */
export function installationBlocks(
  source: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  home: string = environment["HOME"] ?? homedir(),
): readonly InstallationBlock[] {
  const named = environment["TF_CLI_CONFIG_FILE"] ?? environment["TERRAFORM_CONFIG"];
  const candidates = named !== undefined && named !== "" ? [named] : [join(home, ".terraformrc"), join(home, ".tofurc")];
  return candidates.flatMap((path) => {
    const text = existsSync(path) ? withoutComments(readFileSync(path, "utf8")) : "";
    if (!/(^|[\s{,])"?provider_installation"?\s*[:{]/m.test(text)) return [];
    const [host, namespace] = source.split("/");
    const ways = [source, `${host ?? ""}/${namespace ?? ""}/*`, `${host ?? ""}/*/*`];
    return [{ path, mentionsProvider: ways.some((way) => text.includes(`"${way}"`)) }];
  });
}

/** The block that makes the engine find the plugin again. @param mirror Absolute path of the folder with plugins. */
export function filesystemMirrorLines(mirror: string, source: string): string {
  const [host, namespace] = source.split("/");
  const pattern = `${host ?? ""}/${namespace ?? ""}/*`;
  return [
    "provider_installation {",
    "  filesystem_mirror {",
    `    path    = ${JSON.stringify(mirror)}`,
    `    include = ["${pattern}"]`,
    "  }",
    "  direct {",
    `    exclude = ["${pattern}"]`,
    "  }",
    "}",
  ].join("\n");
}

function withoutComments(text: string): string {
  return text.replace(/^\s*(#|\/\/).*$/gm, "").replace(/\/\*[\s\S]*?\*\//g, "");
}
