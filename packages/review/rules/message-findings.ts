/** Findings about a repository that rest on a warning of the provider. The finding says it in one sentence, and the warning is its detail. */
import type { FindingCode } from "../catalog";
import { NOBODY, type Finding, type Severity } from "../finding";
import type { RuleContext } from "./context";
import { finding } from "./finding-of";
import { messageTodo } from "./message-todo";

export function* messageFindings(
  context: RuleContext,
  code: FindingCode,
  messageCodes: readonly string[],
  describe: (repository: string, why: string) => { readonly severity: Severity; readonly what: string },
): Iterable<Finding> {
  const { messages, subjectOf, subjectAt } = context;
  for (const message of messages(...messageCodes)) {
    const { why, change, address, part } = message;
    const { todo, details } = messageTodo(message, context);
    const subject = change === undefined ? subjectAt(part, address) : subjectOf(change);
    const repository = change?.label;
    yield finding(code, subject, {
      ...describe(repository ?? subject.name, why),
      affected: { ...NOBODY, repositories: repository === undefined ? [] : [repository] },
      todo,
      details: [why, ...details],
    });
  }
}
