/** Stands for the reader of the file until it is in this package. */
import type { Configuration, Place } from "./configuration";

export interface Finding {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly place: Place;
}

export interface ReadResult {
  readonly configuration: Configuration | undefined;
  readonly findings: readonly Finding[];
}

export function readConfigurationSync(path: string): ReadResult {
  throw new Error(`Cannot read ${path} yet.`);
}

export function renderFindings(findings: readonly Finding[], _format: "text"): string {
  return findings.map(({ message }) => message).join("\n");
}
