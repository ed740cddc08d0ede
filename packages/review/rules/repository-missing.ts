/** A repository does not exist, or the credential cannot see it: the apply fails there. */
import type { Finding } from "../finding";
import { NOBODY } from "../finding";
import type { RuleContext } from "./context";
import { finding } from "./finding-of";
import { MISSING_CODES } from "./message-codes";

export function* repositoryMissing({ messages, subjectOf, subjectAt }: RuleContext): Iterable<Finding> {
  for (const { why, fix, change, address, part } of messages(...MISSING_CODES)) {
    const label = change?.label;
    yield finding("repository-missing", change === undefined ? subjectAt(part, address) : subjectOf(change), {
      severity: "warning",
      what: why,
      affected: { ...NOBODY, repositories: label === undefined ? [] : [label] },
      todo: fix,
    });
  }
}
