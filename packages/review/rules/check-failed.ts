/** A check of the configuration fails: a check block, or a condition of a resource or output. */
import type { Finding } from "../finding";
import type { RuleContext } from "./context";
import { finding } from "./finding-of";

export function* checkFailed({ plans, subjectAt }: RuleContext): Iterable<Finding> {
  for (const { part, failedChecks } of plans) {
    for (const { address, status, messages } of failedChecks) {
      const isKnown = status !== "unknown";
      yield finding("check-failed", subjectAt(part, address), {
        severity: isKnown ? "warning" : "info",
        what: isKnown ? `${address} fails.` : `${address} is decided during the apply.`,
        todo: isKnown ? "Correct what the check names, or the check." : undefined,
        details: messages,
      });
    }
  }
}
