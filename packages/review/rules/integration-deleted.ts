/** An integration is deleted: its stacks and modules lose their source. */
import type { Finding } from "../finding";
import { isDeleted, nameBefore } from "./changes";
import type { RuleContext } from "./context";
import { consumersText, finding, quoted, severityFor, withRepositories } from "./finding-of";

export function* integrationDeleted({ integrations, consumers, webhooks, subjectOf }: RuleContext): Iterable<Finding> {
  for (const change of integrations.filter(isDeleted)) {
    const concerned = withRepositories(consumers.ofIntegration(change), webhooks.before(change));
    const who = consumersText(concerned);
    const name = quoted(nameBefore(change));
    yield finding("integration-deleted", subjectOf(change), {
      severity: severityFor(concerned, "notice"),
      what:
        who === undefined
          ? `The integration ${name} is deleted.`
          : `The integration ${name} is deleted, and ${who} lose their source: no webhooks, no runs.`,
      affected: concerned,
      todo:
        concerned.isKnown && who === undefined
          ? undefined
          : "First attach its stacks and modules to another integration. A new integration with the same name does not attach them again.",
      details: [
        "With detach_protection, the apply refuses to delete the integration while anything is attached to it.",
        ...(concerned.repositories.length > 0 ? ["Its webhooks stop delivering."] : []),
      ],
    });
  }
}
