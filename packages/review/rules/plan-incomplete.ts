/** A plan leaves something out, so the review cannot speak of it. */
import type { Finding } from "../finding";
import type { RuleContext } from "./context";
import { finding } from "./finding-of";

/** A plan that failed is incomplete anyway, and fails the review. */
export function* planIncomplete({ plans, subjectAt }: RuleContext): Iterable<Finding> {
  for (const { part, complete, errored } of plans) {
    if (complete || errored) continue;
    yield finding("plan-incomplete", subjectAt(part, undefined), {
      severity: "warning",
      what: `The plan of part ${part} is not complete: it was made for chosen objects only, or the engine defers changes. The review says nothing about the rest.`,
      todo: "Plan without -target and -exclude, and review the next plan too if the engine defers changes.",
    });
  }
}
