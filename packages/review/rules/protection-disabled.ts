/** The protection against detaching is switched off: a later delete asks nobody. */
import type { Finding } from "../finding";
import { becomes, nameAfter } from "./changes";
import type { RuleContext } from "./context";
import { finding, quoted } from "./finding-of";

export function* protectionDisabled({ integrations, subjectOf }: RuleContext): Iterable<Finding> {
  for (const change of integrations) {
    if (!becomes(change, "detach_protection", false)) continue;
    yield finding("protection-disabled", subjectOf(change), {
      severity: "warning",
      what: `The integration ${quoted(nameAfter(change))} loses its protection: after this apply, it can be deleted or replaced while stacks and modules use it.`,
      todo: "Switch the protection off only right before a delete that is meant, and on again afterward.",
    });
  }
}
