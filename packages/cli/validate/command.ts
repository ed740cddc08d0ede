/** `bitlift validate`: checks bitlift.yaml, and prints every finding with its place, or what a correct file has. */
import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { readConfiguration, renderFindings, type FindingFormat } from "../../configuration";
import { FAILURE, SUCCESS } from "../exit-codes";
import { configurationPath, DEFAULT_FILE } from "../project/project";
import { usesColor, type ColorOption } from "../terminal";
import { summary } from "./summary";

export interface ValidateOptions extends ColorOption {
  readonly format: FindingFormat;
  /** Makes a warning an error. */
  readonly strict?: boolean;
}

/**
 * The findings are the result, so they are on standard output. Sets the exit code: 0 no errors, 1 errors.
 * @param file A file, or the folder that contains bitlift.yaml.
 */
export async function validate(file: string | undefined, { format, strict, ...options }: ValidateOptions): Promise<void> {
  const { configuration, findings: found } = await readConfiguration(filePath(file));
  const findings = strict === true ? found.map((finding) => ({ ...finding, severity: "error" as const })) : found;
  process.stdout.write(renderFindings(findings, format, { color: usesColor(process.stdout, options) }));
  const hasErrors = findings.some(({ severity }) => severity === "error");
  // The other formats are for programs.
  if (format === "text" && !hasErrors && configuration !== undefined) {
    process.stdout.write(`${summary(configuration, findings.length)}\n`);
  }
  process.exitCode = hasErrors ? FAILURE : SUCCESS;
}

export function filePath(file: string | undefined): string {
  if (file === undefined) return configurationPath();
  const path = resolve(file);
  return existsSync(path) && statSync(path).isDirectory() && existsSync(join(path, DEFAULT_FILE)) ? join(path, DEFAULT_FILE) : path;
}
