/** Whether the engine stores the plugins of all parts in one folder. */
import { readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * From the variable, or from a CLI configuration of either engine: a file that the engine does not read only costs time.
 * @param folder Where the engine runs.
 */
export function hasPluginCache(
  folder: string,
  environment: Environment = process.env,
  home: string = environment["HOME"] ?? homedir(),
): boolean {
  if ((environment["TF_PLUGIN_CACHE_DIR"] ?? "") !== "") return true;
  return configurationFiles(folder, environment, home).some((path) => setsPluginCache(read(path)));
}

function configurationFiles(folder: string, environment: Environment, home: string): readonly string[] {
  const named = ["TF_CLI_CONFIG_FILE", "TERRAFORM_CONFIG"].flatMap((name) => {
    const path = environment[name] ?? "";
    return path === "" ? [] : [resolve(folder, path)];
  });
  const openTofu = join(environment["XDG_CONFIG_HOME"] ?? join(home, ".config"), "opentofu");
  const applicationData = environment["APPDATA"];
  const windows = applicationData === undefined ? [] : ["terraform.rc", "tofu.rc"].map((name) => join(applicationData, name));
  const found = [join(home, ".terraform.d"), openTofu].flatMap((path) =>
    namesIn(path)
      .filter((name) => /\.tfrc(\.json)?$/.test(name))
      .map((name) => join(path, name)),
  );
  return [...named, join(home, ".terraformrc"), join(home, ".tofurc"), join(openTofu, "tofurc"), ...windows, ...found];
}

function setsPluginCache(text: string): boolean {
  return /^(?!\s*(?:#|\/\/)).*\bplugin_cache_dir"?\s*[=:]/m.test(text);
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
