/** The option -plugin-dir of the engine's `init`, which replaces every other place where the engine searches for plugins. */
import type { Cause } from "../../packages/diagnostics";
import type { Environment } from "./cli-configuration";
import { MIRROR_FOLDER } from "./plugin-mirror";

/** The option as people set it for every `init`: in a variable of the engine. */
export interface PluginDirOption {
  readonly variable: string;
  readonly value: string;
  readonly folders: readonly string[];
}

const VARIABLES = ["TF_CLI_ARGS_init", "TF_CLI_ARGS"] as const;

/** The option, with the folders of both variables. Undefined if neither variable has it. */
export function findPluginDirOption(environment: Environment = process.env): PluginDirOption | undefined {
  const options = VARIABLES.map((variable) => {
    const value = environment[variable] ?? "";
    return { variable, value, folders: [...value.matchAll(OPTION)].map(([, quoted, bare]) => quoted ?? bare ?? "") };
  });
  const [first] = options.filter(({ folders }) => folders.length > 0);
  return first && { ...first, folders: options.flatMap(({ folders }) => folders) };
}

/** The cause and the fix if none of the folders has the plugin. */
export function pluginDirAdvice({ variable, value, folders }: PluginDirOption): Cause {
  const existing = value.replaceAll("'", `'\\''`);
  return {
    why: `${variable} contains -plugin-dir, so init searches for plugins only in ${folders.join(", ")}, and the plugin is not there.`,
    fix: `Add the plugin's folder, relative to the folder of each stack: export ${variable}='${existing} -plugin-dir=${MIRROR_FOLDER}'`,
  };
}

const OPTION = /(?:^|\s)--?plugin-dir[=\s]\s*(?:["']([^"']+)["']|(\S+))/g;
