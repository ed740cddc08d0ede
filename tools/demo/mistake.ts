/** Shows what a typing mistake in bitlift.yaml looks like. */
import { writeFile } from "node:fs/promises";
import { readConfigurationSync, renderFindings } from "../../packages/configuration";
import type { CdktfProject } from "./cdktf-project";
import type { StepPrinter } from "./step-printer";

/** @throws if the reader does not find the mistake, or finds one in the file without it */
export async function showMistake(printer: StepPrinter, project: CdktfProject, file: string): Promise<void> {
  await writeFile(project.file, file.replace("repositories:", "repositries:"));
  const { findings } = readConfigurationSync(project.file);
  if (findings.length === 0) throw new Error("The demo expects a finding for a key that does not exist.");
  printer.print("\nWith a mistake in it, bitlift validate and every synthesis stop with exit code 1:");
  printer.print(renderFindings(findings, "text").trimEnd(), "warning");
  await writeFile(project.file, file);
  const { findings: others } = readConfigurationSync(project.file);
  if (others.length > 0) throw new Error(`The file has mistakes:\n${renderFindings(others, "text")}`);
}
