/** An integration is deleted: its stacks and modules lose their source. */
import type { Finding } from "../finding";
import type { PlannedResource } from "../plan/plan-model";
import { flagOf } from "../plan/values";
import { isPublished, nameAfter, nameBefore } from "./changes";
import type { RuleContext } from "./context";
import { consumersText, finding, quoted, severityFor, verb, withRepositories } from "./finding-of";

export function* integrationDeleted({ integrations, consumers, webhooks, subjectOf }: RuleContext): Iterable<Finding> {
  for (const change of integrations.filter(({ action }) => action === "delete")) {
    const concerned = withRepositories(consumers.ofIntegration(change), webhooks.before(change));
    const who = consumersText(concerned);
    const name = quoted(nameBefore(change));
    const again = integrations.find(
      (other) => other.action === "create" && other.type === change.type && nameAfter(other) === nameBefore(change),
    );
    yield finding("integration-deleted", subjectOf(change), {
      severity: severityFor(concerned, "notice"),
      what:
        who === undefined
          ? `The integration ${name} is deleted.`
          : `The integration ${name} is deleted, and ${who} ${verb(concerned, "loses its source", "lose their source")}: no webhooks, no runs.`,
      affected: concerned,
      todo:
        concerned.isKnown && who === undefined
          ? undefined
          : "First attach its stacks and modules to another integration. A new integration with the same name does not attach them again.",
      details: [
        protectionText(change),
        ...(change.isDeposed ? ["An earlier replacement left it behind."] : []),
        ...(again === undefined
          ? []
          : [
              `The plan also makes an integration of this name, at ${again.address}. A move of the address (moved, or previously in the file) keeps the integration instead.`,
            ]),
        ...(concerned.repositories.length > 0 ? ["Its webhooks stop delivering."] : []),
      ],
    });
  }
}

/** What the state says decides, not what the configuration says. */
export function protectionText(change: PlannedResource): string {
  if (isPublished(change))
    return "Spacelift's own provider protects nothing: the apply deletes the integration even while stacks and modules use it.";
  return flagOf(change.before, "detach_protection") === false
    ? "detach_protection is off, so the apply deletes the integration even while stacks and modules use it."
    : "With detach_protection, the apply refuses to delete the integration while anything is attached to it.";
}
