/** Collects the diagnostics of one request. */
import type { Diagnostic } from "../../diagnostics";
import type { Report } from "../resource";

export class Diagnostics implements Report {
  readonly list: Diagnostic[] = [];

  add(...diagnostics: readonly Diagnostic[]): void {
    this.list.push(...diagnostics);
  }

  get hasErrors(): boolean {
    return this.list.some((diagnostic) => diagnostic.severity === "error");
  }
}
