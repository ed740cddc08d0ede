/** Collects the diagnostics of one call. */
import type { Diagnostic } from "../../diagnostics";
import type { Report } from "../resource";

export class Findings implements Report {
  readonly diagnostics: Diagnostic[] = [];

  add(...diagnostics: readonly Diagnostic[]): void {
    this.diagnostics.push(...diagnostics);
  }

  /** Whether the operation has failed. */
  get failed(): boolean {
    return this.diagnostics.some((diagnostic) => diagnostic.severity === "error");
  }
}
