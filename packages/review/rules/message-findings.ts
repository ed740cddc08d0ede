/** Findings about a repository that rest on a warning of the provider. The finding says it in one sentence, and the warning is its detail. */
import type { FindingCode } from "../catalog";
import { NOBODY, type Finding, type Severity } from "../finding";
import type { RuleContext } from "./context";
import { finding } from "./finding-of";

export function* messageFindings(
  { messages, subjectOf, subjectAt }: RuleContext,
  code: FindingCode,
  messageCodes: readonly string[],
  describe: (repository: string, why: string) => { readonly severity: Severity; readonly what: string },
): Iterable<Finding> {
  for (const { why, fix, change, address, part } of messages(...messageCodes)) {
    const subject = change === undefined ? subjectAt(part, address) : subjectOf(change);
    const repository = change?.label;
    yield finding(code, subject, {
      ...describe(repository ?? subject.name, why),
      affected: { ...NOBODY, repositories: repository === undefined ? [] : [repository] },
      todo: fix,
      details: [why],
    });
  }
}
