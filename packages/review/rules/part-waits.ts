/** A part has no plan yet, because it needs Spaces of another part: the review does not say what it will do. */
import type { Finding } from "../finding";
import type { RuleContext } from "./context";
import { finding } from "./finding-of";

export function* partWaits({ waiting, subjectAt }: RuleContext): Iterable<Finding> {
  for (const { part, waitsFor } of waiting) {
    yield finding("part-waits", subjectAt(part, undefined), {
      severity: "notice",
      what: `Part ${part} cannot be planned yet${waitsFor.length === 0 ? "" : `: it waits for ${waitsFor.join(", ")}`}.`,
      todo: "Review it again when the parts before it are applied. bitlift apply asks again before it applies such a part.",
    });
  }
}
