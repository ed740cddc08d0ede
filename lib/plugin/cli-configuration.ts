/** Reads the engine's CLI configuration, which determines where the engine searches for plugins. */
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** A configuration file with a `provider_installation` block, which makes the engine ignore the mirror next to a stack. */
export interface InstallationBlock {
  readonly path: string;
  /** Whether the file mentions the provider, so that its author has already configured it. */
  readonly mentionsProvider: boolean;
}

/**
 * Finds `provider_installation` blocks in the files that the engines read: only the file in TF_CLI_CONFIG_FILE (or in its old name,
 * TERRAFORM_CONFIG) if it is set, otherwise the files in the home directory.
 * @param source Source address of the provider.
 */
export function findInstallationBlocks(
  source: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  home: string = environment["HOME"] ?? homedir(),
): readonly InstallationBlock[] {
  const configuredPath = environment["TF_CLI_CONFIG_FILE"] ?? environment["TERRAFORM_CONFIG"];
  const paths = configuredPath ? [configuredPath] : [join(home, ".terraformrc"), join(home, ".tofurc")];
  return paths.flatMap((path) => {
    const text = existsSync(path) ? removeComments(readFileSync(path, "utf8")) : "";
    if (!/(^|[\s{,])"?provider_installation"?\s*[:{]/m.test(text)) return [];
    return [{ path, mentionsProvider: patternsFor(source).some((pattern) => text.includes(`"${pattern}"`)) }];
  });
}

/**
 * The block that makes the engine find the plugin again.
 * @param mirror Absolute path of the mirror.
 */
export function renderInstallationBlock(mirror: string, source: string): string {
  const [, pattern] = patternsFor(source);
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

/** The patterns that match a source address, from the most specific to the most general. */
function patternsFor(source: string): readonly [string, string, string] {
  const [host = "", namespace = ""] = source.split("/");
  return [source, `${host}/${namespace}/*`, `${host}/*/*`];
}

function removeComments(text: string): string {
  return text.replace(/^\s*(#|\/\/).*$/gm, "").replace(/\/\*[\s\S]*?\*\//g, "");
}
