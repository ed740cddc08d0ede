/** What the documentation says about each code of the review. */
import type { CommonCode } from "../diagnostics";
import type { Explanations } from "../diagnostics";
import type { ReviewCode } from "./catalog";

export const REVIEW_EXPLANATIONS: Explanations<Exclude<ReviewCode, CommonCode>> = {
  "integration-deleted": {
    cause: "A plan deletes an integration. Everything that is attached to it loses its source: no webhooks, no runs.",
    fix: "Attach its stacks and modules to another integration first. A new integration with the same name does not attach them again.",
  },
  "integration-replaced": {
    cause:
      "A plan deletes an integration and makes it again under the same name, because somebody asked for it or because an attribute such as `is_default` changes. The webhook URL of a Space-level integration stays; the secret changes, and nothing is attached to the new one.",
    fix: "Attach its stacks and modules to another integration first, or attach them again right after the apply. If the integration is only tainted, keep it with `terraform untaint`.",
  },
  "integration-renamed": {
    cause: "An integration gets another name. Spacelift derives the ID and the webhook URL from it, so it is a new integration.",
    fix: "Let the new one be created first (`replacementOrder: create-first`), attach stacks and modules to it, and apply again.",
  },
  "default-integration-changed": {
    cause:
      "An integration becomes the default of the account, or stops being it. Every stack and module of the account can use the default integration.",
    fix: "Attach whatever uses the old default to another integration first. An account has one default integration per product.",
  },
  "space-access-lost": {
    cause:
      "An integration moves to another Space, or a Space moves, stops inheriting or is deleted, so that stacks and modules can no longer use the integration.",
    fix: "Attach them to an integration that they can still use afterward. Spacelift rejects the change while they use this one.",
  },
  "secret-rotated": {
    cause:
      "The webhook secret of an integration is regenerated, by the plan or by somebody outside. Webhooks of these plans get the new one; others keep the old one.",
    fix: "Apply the parts of all its webhooks together, and give the new secret to webhooks that no plan manages.",
  },
  "credential-changed": {
    cause: "Spacelift gets another login for an integration, another variable for its token, or a new token.",
    fix: "Check that the login may read every repository that stacks and modules read through the integration.",
  },
  "protection-disabled": {
    cause: "`detach_protection` is switched off: later, the integration can be deleted while stacks and modules use it.",
    fix: "Switch it off only right before a delete that is meant.",
  },
  "account-wide-change": {
    cause:
      "A plan creates, changes, replaces or deletes an integration in the root Space, or the default one. Labels, descriptions and the protection do not count.",
    fix: "Let somebody who is responsible for the whole account review it.",
  },
  "change-ineffective": {
    cause:
      "A plan changes the name or the default flag of an integration with published backing in place, or switches a webhook of Bitbucket Data Center off. The published provider never sends these, so the apply changes nothing, and every plan shows the change again.",
    fix: "Let a change of the name or the default flag replace the integration: `replace_triggered_by`, which Bitlift's constructs write. Or use the backing `bitlift`.",
  },
  "webhook-deleted": {
    cause:
      "A webhook is deleted, or turned to another integration or repository, and its integration stays. Pushes and pull requests of the repository no longer reach the integration.",
    fix: "Keep the webhook, or attach its stacks and modules to an integration that has a webhook in the repository.",
  },
  "webhook-deactivated": {
    cause: "A webhook is switched off, or created so: Bitbucket keeps it, and delivers nothing.",
    fix: "Keep it active, unless the pause is meant.",
  },
  "certificate-check-disabled": {
    cause: "A webhook delivers without a check of the receiver's certificate.",
    fix: "Give the receiver a certificate that Bitbucket trusts, and keep the check.",
  },
  "required-events-missing": {
    cause:
      "A webhook lacks events that Spacelift needs, because somebody removed them outside, or because it was made by hand. The apply adds them.",
    fix: "Apply soon: until then, Spacelift does not learn about these events.",
  },
  "webhook-overwritten": {
    cause: "A repository has a webhook with the same URL already. The apply takes it over and corrects it.",
    fix: "Declare the events that must stay in `additional_events`, or set `adopt_existing = false` to stop the apply.",
  },
  "repository-missing": {
    cause: "A repository does not exist, or the credential cannot see it. The apply fails there, after it has done other things.",
    fix: "Correct the name, or give the credential access to the repository.",
  },
  "double-delivery": {
    cause:
      "Another webhook of the repository, its project or its workspace has the same URL, so Bitbucket delivers each event more than once. The published providers do not look for such a webhook; for them, the review says that it is not known.",
    fix: "Delete the other webhook in Bitbucket. With published backing, import a webhook that exists already.",
  },
  "drift-undone": {
    cause: "Somebody changed or deleted an object outside, and the apply undoes it. Who it was is not known.",
    fix: "Write the change into the configuration if it must stay.",
  },
  "backing-changed": {
    cause:
      "The backing of the configuration changed, but the objects were not moved. The plan would delete them and create them again with other providers. Stacks and modules lose their source, webhook secrets change, and the apply may stop halfway, because Spacelift accepts a name only once.",
    fix: "Do not apply the plan. Run `bitlift export <folder> --backing published`, or `--backing bitlift`, and apply what it writes: `removed` and `import` blocks, or `moved` blocks, keep every object as it is. [The guide](guides/moving-between-providers.md) has every step.",
  },
  "secrets-in-state": {
    cause:
      "The published providers store webhook secrets in the state, so that everybody who can read the state can read them. The finding is a notice if the plan adds such an object, and information otherwise.",
    fix: "Keep the state in an encrypted backend with few readers, or use the backing `bitlift`, whose state contains only fingerprints.",
  },
  "removals-over-limit": {
    cause:
      "The plans delete more objects of one type than the file allows, counted over all parts. Objects that a plan makes again do not count.",
    fix: "If all of them must go, add the option `--accept-removals` with the number that the message names. Otherwise correct the file: a key with a new name needs its former one in `previously`.",
  },
  "value-unknown": {
    cause:
      "An argument that decides who is concerned, such as a Space, is known only after the apply, so the review cannot say who is concerned.",
    fix: "No action is required. Apply the objects that the value comes from first if the answer matters.",
  },
  "check-failed": {
    cause: "A `check` block or a condition of the configuration fails, or is decided only during the apply.",
    fix: "Correct what the check names, or the check.",
  },
  "objects-imported": {
    cause: "Objects that exist already come under the management of a part. Nobody loses anything by an import alone.",
    fix: "No action is required.",
  },
  "objects-moved": {
    cause: "Objects get another address in the state, and stay what they are.",
    fix: "No action is required.",
  },
  "objects-forgotten": {
    cause: "Objects are removed from the state without being deleted: they stay as they are, and nobody manages them.",
    fix: "No action is required, if that is meant. An import brings them back.",
  },
  "action-invoked": {
    cause: "The apply runs an action of a provider. A plan shows only its name.",
    fix: "Read the configuration of the action.",
  },
  "part-waits": {
    cause: "A part cannot be planned before another part is applied, so the review says nothing about it.",
    fix: "Review it again when the parts before it are applied.",
  },
  "plan-warning": {
    cause: "The provider or the engine warns, and no other finding explains it.",
    fix: "Follow the message.",
  },
  "plan-incomplete": {
    cause: "The engine says that a plan is not complete: it was made with `-target` or a similar option, or the engine defers changes.",
    fix: "Plan without such options, and review again. After an apply of deferred changes, review the next plan too.",
  },
  "plan-failed": {
    cause: "The plan of a part failed, so the review says only what was planned before.",
    fix: "Correct what the message names, and plan again.",
  },
  "acceptance-stale": {
    cause: "An entry of `accept`, or the option `--accept`, names a finding that no plan has.",
    fix: "Remove it.",
  },
  "acceptance-expired": {
    cause: "The date in `until` of an acceptance has passed, so the acceptance no longer counts.",
    fix: "Remove it, or extend it on the branch that pull requests are compared with.",
  },
  "accepted-in-this-change": {
    cause: "A pull request adds an acceptance for one of its own findings, or raises a limit. It counts only after the merge.",
    fix: "Let somebody review the acceptance alone first, or pass `--accept-from-head` in a pipeline that allows it.",
  },
  "base-file-missing": {
    cause:
      "The base has no `bitlift.yaml` where the project has it now, and has one elsewhere. The project may have moved, so the lowest limit on removals of those files counts, and none of their acceptances.",
    fix: "Move the project in a change of its own, which does nothing else, and merge it first.",
  },
  "plan-unreadable": {
    cause: "A file is empty, cut off, not JSON, or not a plan.",
    fix: "Save the plan with `plan -out=<file>`, and print it with `show -json <file>`.",
  },
  "plan-format-unsupported": {
    cause: "The plan has a format version with another major number than 1.",
    fix: "Use Terraform 1.5 or later, or OpenTofu; for a newer format, a newer version of Bitlift.",
  },
};
