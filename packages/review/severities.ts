/** Which severities a finding can have, and when: the source of the table in the guide. Who loses something is a danger; what nobody can find out, too. */
import type { FindingCode } from "./catalog";
import type { Severity } from "./finding";

/** From the most severe. */
type Cases = readonly (readonly [severity: Severity, when: string])[];

export const SEVERITY_CASES: Readonly<Record<FindingCode, Cases>> = {
  "integration-deleted": [
    ["danger", "stacks or modules use it, or that is not known"],
    ["notice", "nobody uses it"],
  ],
  "integration-replaced": [
    ["danger", "stacks or modules use it, or that is not known"],
    ["warning", "nobody uses it"],
  ],
  "integration-renamed": [
    ["danger", "stacks or modules use it, or that is not known"],
    ["warning", "nobody uses it, and there is a gap, or webhooks do not follow"],
    ["notice", "nobody uses it, and all its webhooks follow without a gap"],
  ],
  "default-integration-changed": [
    ["danger", "the account loses its default"],
    ["warning", "the account gets a default"],
  ],
  "space-access-lost": [
    ["danger", "stacks or modules lose access, or are in a Space that is deleted, or that is not known"],
    ["notice", "only Spaces in which nobody uses the integration lose access"],
  ],
  "secret-rotated": [
    ["warning", "webhooks keep the old secret"],
    ["notice", "all webhooks of the plans get the new one"],
  ],
  "credential-changed": [
    ["warning", "another login, variable or host"],
    ["notice", "a new token from the same variable, or the one of the configuration after an import or a move"],
  ],
  "protection-disabled": [["warning", "always"]],
  "account-wide-change": [
    ["warning", "the integration is deleted or replaced"],
    ["notice", "it is created or changed"],
  ],
  "change-ineffective": [["warning", "always"]],
  "webhook-deleted": [
    ["danger", "stacks or modules read the repository"],
    ["warning", "who reads it is not known"],
    ["notice", "nobody reads it"],
  ],
  "webhook-deactivated": [
    ["danger", "stacks or modules read the repository"],
    ["warning", "nobody does, or that is not known"],
  ],
  "certificate-check-disabled": [["warning", "always"]],
  "required-events-missing": [["warning", "always"]],
  "webhook-overwritten": [
    ["warning", "the webhook changes"],
    ["notice", "nothing about it changes"],
  ],
  "repository-missing": [["warning", "always"]],
  "double-delivery": [
    ["warning", "another webhook has the same URL"],
    ["info", "a published provider creates webhooks, so that is not known"],
  ],
  "drift-undone": [["warning", "always"]],
  "backing-changed": [["danger", "always"]],
  "secrets-in-state": [
    ["notice", "the plan adds an object that stores one"],
    ["info", "the state contains them already"],
  ],
  "removals-over-limit": [["danger", "always"]],
  "value-unknown": [["info", "always"]],
  "check-failed": [
    ["warning", "it fails"],
    ["info", "it is decided during the apply"],
  ],
  "objects-imported": [["info", "always"]],
  "objects-moved": [["info", "always"]],
  "objects-forgotten": [["notice", "always"]],
  "action-invoked": [["notice", "always"]],
  "part-waits": [["notice", "always"]],
  "plan-warning": [["warning", "always"]],
  "plan-incomplete": [["warning", "always"]],
  "plan-failed": [["danger", "always; it cannot be accepted"]],
  "acceptance-stale": [["notice", "always"]],
  "acceptance-expired": [["warning", "always"]],
  "base-file-missing": [["warning", "always; it cannot be accepted"]],
  "accepted-in-this-change": [
    ["warning", "it does not count"],
    ["notice", "it counts, because of `--accept-from-head`"],
  ],
};
