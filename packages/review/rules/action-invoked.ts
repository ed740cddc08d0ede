/** The apply also runs actions of providers, which a plan shows only by name. */
import type { Finding } from "../finding";
import type { RuleContext } from "./context";
import { finding } from "./finding-of";

export function* actionInvoked({ plans, subjectAt }: RuleContext): Iterable<Finding> {
  for (const { part, actions } of plans) {
    for (const { address, type, trigger } of actions) {
      yield finding("action-invoked", subjectAt(part, address), {
        severity: "notice",
        what: `The apply runs the action ${address} (${type})${trigger === undefined ? "" : `, because ${trigger} changes`}.`,
      });
    }
  }
}
