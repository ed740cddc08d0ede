/** Bitbucket will deliver the same event twice: another webhook of the repository, its project or its workspace has the same URL. */
import type { Finding } from "../finding";
import { NOBODY } from "../finding";
import { isPublished } from "./changes";
import type { RuleContext } from "./context";
import { count, finding, withRepositories } from "./finding-of";
import { DOUBLE_CODES } from "./message-codes";
import { messageFindings } from "./message-findings";

export function* doubleDelivery(context: RuleContext): Iterable<Finding> {
  yield* messageFindings(context, "double-delivery", DOUBLE_CODES, (repository) => ({
    severity: "warning",
    what: `Each event of ${repository} is delivered more than once, because another webhook has the same URL.`,
  }));
  yield* unknownDeliveries(context);
}

/** The published providers create a webhook without looking for one that exists already. */
function* unknownDeliveries({ plans, subjectAt }: RuleContext): Iterable<Finding> {
  for (const { part, changes } of plans) {
    const created = changes.filter((change) => change.resource.kind === "webhook" && change.action === "create" && isPublished(change));
    if (created.length === 0) continue;
    yield finding("double-delivery", subjectAt(part, undefined), {
      severity: "info",
      what: `Whether a repository of part ${part} has a webhook with the same URL already is not known: the published providers create ${count(created.length, "webhook")} without looking.`,
      affected: withRepositories(NOBODY, created),
      todo: "Import webhooks that exist already. Otherwise Bitbucket delivers each event twice.",
    });
  }
}
