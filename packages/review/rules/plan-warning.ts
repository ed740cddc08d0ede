/** Warnings of the plan that no other rule explains, and its errors. */
import type { Finding } from "../finding";
import type { RuleContext } from "./context";
import { finding } from "./finding-of";
import { explainedMessages } from "./explained-messages";
import { messageTodo } from "./message-todo";

export function* planWarning(context: RuleContext, earlier: readonly Finding[]): Iterable<Finding> {
  const { plans, changes, subjectOf, subjectAt } = context;
  const explained = explainedMessages(context, earlier);
  const byAddress = new Map(changes.map((change) => [`${change.part} ${change.address}`, change]));
  for (const { part, messages = [] } of plans) {
    for (const message of messages) {
      if (explained.has(message)) continue;
      const { severity, code, address, summary, why, fix } = message;
      const change = byAddress.get(`${part} ${address ?? ""}`);
      const { todo, details } = messageTodo({ code, address, fix }, context);
      yield finding(
        severity === "error" ? "plan-failed" : "plan-warning",
        change === undefined ? subjectAt(part, address) : subjectOf(change),
        {
          severity: severity === "error" ? "danger" : "warning",
          what: why === "" ? `${summary}.` : `${summary}: ${why}`,
          todo,
          details: [...details, ...(code === undefined ? [] : [`The code of the message is ${code}.`])],
          acceptable: severity === "warning",
        },
      );
    }
  }
}
