/** A repository does not exist, or the credential cannot see it: the apply fails there. */
import type { Finding } from "../finding";
import type { RuleContext } from "./context";
import { MISSING_CODES } from "./message-codes";
import { messageFindings } from "./message-findings";

export function repositoryMissing(context: RuleContext): Iterable<Finding> {
  return messageFindings(context, "repository-missing", MISSING_CODES, (repository) => ({
    severity: "warning",
    what: `The repository ${repository} does not exist, or the credential cannot see it. The apply fails there.`,
  }));
}
