/** The webhook secret of an integration changes in place: which webhooks get the new one. */
import type { Finding } from "../finding";
import { NOBODY } from "../finding";
import type { PlannedResource } from "../plan/plan-model";
import { nameAfter } from "./changes";
import type { RuleContext } from "./context";
import { count, finding, quoted, withRepositories } from "./finding-of";

const FINGERPRINT = "webhook_secret_fingerprint";

/** A replacement also changes the secret, and has a finding of its own. */
export function* secretRotated({ plans, integrations, webhooks, subjectOf }: RuleContext): Iterable<Finding> {
  const changedOutside = new Set(
    plans.flatMap(({ drift }) => drift.filter(({ changed }) => changed.has(FINGERPRINT)).map(({ part, address }) => `${part} ${address}`)),
  );
  for (const change of integrations) {
    const byPlan = change.action === "update" && change.changed.has(FINGERPRINT);
    const isOutside = (change.action === "none" || change.action === "update") && changedOutside.has(`${change.part} ${change.address}`);
    if (!byPlan && !isOutside) continue;
    const all = webhooks.before(change);
    const left = all.filter((webhook) => !getsNewSecret(webhook));
    const name = quoted(nameAfter(change));
    yield finding("secret-rotated", subjectOf(change), {
      severity: left.length > 0 ? "warning" : "notice",
      what: byPlan
        ? `The webhook secret of the integration ${name} is regenerated.`
        : `The webhook secret of the integration ${name} was regenerated outside, and its webhooks get the new one.`,
      affected: withRepositories(NOBODY, all),
      todo:
        left.length > 0
          ? "Apply the parts of all its webhooks together. Spacelift rejects deliveries that are signed with the old secret."
          : undefined,
      details: [
        ...(all.length > left.length
          ? [
              `${count(all.length - left.length, "webhook")} of these plans ${all.length - left.length === 1 ? "gets" : "get"} the new secret.`,
            ]
          : []),
        ...(left.length > 0
          ? [
              `${count(left.length, "webhook")} ${left.length === 1 ? "keeps" : "keep"} the old secret: ${left.map(({ label, address }) => label ?? address).join(", ")}.`,
            ]
          : []),
        byPlan
          ? "Until Bitbucket has the new secret, deliveries fail for a moment. Webhooks that no plan manages keep the old one."
          : "Until the apply, Spacelift rejects the deliveries of these webhooks.",
      ],
    });
  }
}

function getsNewSecret({ action, changed }: PlannedResource): boolean {
  return action === "create" || action === "delete" || action === "replace" || changed.has("secret_fingerprint");
}
