/** Reads bitlift.yaml for a command that needs its content, and prints what is wrong with it. */
import { readConfiguration, renderFindings, type Configuration, type Finding, type ReadOptions } from "../configuration";
import { usesColor, type ColorOption } from "./terminal";

export interface CheckOptions extends ColorOption, ReadOptions {
  /** Whether a finding is printed. By default, all of them are. */
  readonly isNew?: (finding: Finding) => boolean;
}

/** @returns undefined if the file has errors; they are on standard error then, like the warnings of a file without errors. */
export async function readCheckedConfiguration(
  path: string,
  options: CheckOptions,
  onFindings?: (findings: readonly Finding[]) => void,
): Promise<Configuration | undefined> {
  const { configuration, findings } = await readConfiguration(path, options);
  onFindings?.(findings);
  const printed = findings.filter(options.isNew ?? (() => true));
  if (printed.length > 0) {
    process.stderr.write(renderFindings(printed, "text", { color: usesColor(process.stderr, options) }));
  }
  return findings.some(({ severity }) => severity === "error") ? undefined : configuration;
}
