/** Bitbucket will deliver the same event twice: another webhook of the repository, its project or its workspace has the same URL. */
import type { Finding } from "../finding";
import type { RuleContext } from "./context";
import { DOUBLE_CODES } from "./message-codes";
import { messageFindings } from "./message-findings";

export function doubleDelivery(context: RuleContext): Iterable<Finding> {
  return messageFindings(context, "double-delivery", DOUBLE_CODES, (repository) => ({
    severity: "warning",
    what: `Each event of ${repository} is delivered more than once, because another webhook has the same URL.`,
  }));
}
