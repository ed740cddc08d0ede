/** Cause and fix of the codes about webhooks and repositories, for the diagnostics page. */
import type { Explanations } from "../diagnostics";

export const WEBHOOK_EXPLANATIONS = {
  "webhook-secret-missing": {
    cause:
      "The API key is not permitted to read the webhook secret of the integration, or the webhook has no `secret_fingerprint`. Without the secret, Spacelift would reject every delivery.",
    fix: "The message says which of the two it is. Give the key the admin role in the Space of the integration, or set `secret_fingerprint` to `webhook_secret_fingerprint` of the integration. The constructs do the latter.",
  },
  "webhook-secret-changed": {
    cause:
      "The webhook secret was regenerated between the plan and the apply, or `secret_fingerprint` is a literal value of an earlier secret.",
    fix: "Plan again and apply the new plan. If `secret_fingerprint` is a literal value, set it to `webhook_secret_fingerprint` of the integration.",
  },
  "webhook-will-be-adopted": {
    cause:
      "The plan creates a webhook, but the repository already has one with this URL. The apply takes it over and corrects it. The message lists what it loses and gains: events, title, secret, certificate check.",
    fix: "Declare the events that you want to keep in `additional_events`, and the title in `title`. To stop the apply instead, set `adopt_existing = false`. See [adopting what exists](guides/adopting.md#webhooks).",
  },
  "webhook-adopted": {
    cause:
      "The repository already has a webhook with this URL. Bitlift takes it over instead of adding a second one, and corrects its events, title, secret and certificate check.",
    fix: "Declare events that you want to keep in `additional_events`. If another configuration manages the webhook too, remove one of the two declarations. To stop the apply instead, set `adopt_existing = false`. See [adopting what exists](guides/adopting.md#webhooks).",
  },
  "webhook-exists": {
    cause:
      "The repository already has a webhook with this URL, and `adopt_existing` is `false`, or deleting it under another address has just failed.",
    fix: "Import the webhook with the ID in the message, set `adopt_existing = true`, or delete the webhook in Bitbucket. See [adopting what exists](guides/adopting.md#webhooks).",
  },
  "webhook-duplicates": {
    cause: "The repository has several webhooks with this URL, so every event is delivered several times.",
    fix: "Delete the webhooks that the message names in the settings of the repository. Bitlift does not delete what it does not manage.",
  },
  "webhook-declared-twice": {
    cause:
      "Two addresses of one plan declare a webhook with the same URL in the same repository, often with different spellings of its name: the slug and the UUID, or other capital letters. Each apply of one undoes the other.",
    fix: "Remove one of the two declarations. If a resource has a new address, add a `moved` block or call `moveFrom` instead.",
  },
  "webhook-delete-skipped": {
    cause:
      "In the same apply, one address adopted the webhook and another wanted to delete it: the webhook has a new address in the configuration and no `moved` block says so, or it was replaced by `-replace`.",
    fix: "No action is required. The next time that an address changes, add a `moved` block with `from` and `to`, or call `moveFrom` in an app with constructs.",
  },
  "webhook-removal": {
    cause: "The plan deletes the webhook of a repository that stacks or modules read. Pushes would no longer start runs.",
    fix: "Keep the webhook, or attach the stacks and modules to an integration that has a webhook in this repository.",
  },
  "webhook-not-found": {
    cause: "The webhook does not exist in Bitbucket. Someone deleted it after the last plan, or the import ID is wrong.",
    fix: "Plan again: the new plan creates the webhook. For an import, check the ID in the settings of the repository.",
  },
  "webhook-not-unique": {
    cause: "An import names only a repository, and the repository has no webhook that calls this Spacelift account, or has several.",
    fix: "Use one of the complete import IDs in the message. If there is none, do not import: the apply creates the webhook.",
  },
  "import-incomplete": {
    cause:
      "An import cannot read every argument of a webhook. Bitbucket Cloud shows no secrets, so a generated configuration lacks `secret_fingerprint`. `integration_id` is null if the URL of the webhook belongs to no integration that the key can see.",
    fix: "Add the line in the message to the configuration. See [adopting what exists](guides/adopting.md#let-the-engine-write-the-configuration).",
  },
  "bitbucket-server-changed": {
    cause:
      "The provider now connects to another Data Center server than the one on which this webhook was last read. There, its ID belongs to another webhook or to none.",
    fix: "If the same server has a new URL, no action is required. Otherwise, correct the URL, or declare the second server as a provider alias.",
  },
  "webhook-of-project": {
    cause: "The Data Center project has a webhook with the same URL as the repository. Every event is delivered twice.",
    fix: "Delete the webhook of the project in Bitbucket, or do not declare webhooks for its repositories.",
  },
  "webhook-of-project-not-checked": {
    cause: "The login may not read the webhooks of the project, so the provider cannot tell whether one of them has the same URL.",
    fix: "Check the webhooks of the project in Bitbucket. Servers from 8.0 on show them to administrators of the repository.",
  },
  "webhook-of-workspace": {
    cause: "The workspace has a webhook with the same URL as the repository. Every event is delivered twice.",
    fix: "Delete the webhook of the workspace in Bitbucket, or do not declare webhooks for its repositories.",
  },
  "webhooks-not-checked": {
    cause: "The plan could not list the webhooks of a repository, so it does not know what the apply will find there.",
    fix: "The apply checks again before it creates anything, and fails if it cannot. If the reason in the message is not a temporary failure, correct it before you apply.",
  },
  "creates-not-checked": {
    cause:
      "The plan creates webhooks in more repositories than it may look up. It does not know whether the other repositories exist, or whether they already have a webhook with the same URL.",
    fix: "No action is required: the apply checks before it creates, and reports what it adopts. To check more of them during the plan, increase `look_before_create`. Each repository takes one request, and Bitbucket Cloud allows 1,000 an hour.",
  },
  "event-not-supported": {
    cause: "The Data Center server is older than an event that the webhook subscribes to.",
    fix: "Update the server. If the event is one of your own, you can remove it from `additional_events` instead.",
  },
  "repository-not-found": {
    cause:
      "Bitbucket does not show the repository, workspace or project to this login. It often does not say whether the object does not exist or is only not visible.",
    fix: "Compare the name with the address of the repository in a browser: the slug, not the title. Then check that the login has access to it. If the repository was deleted, remove it from the configuration.",
  },
  "repository-renamed": {
    cause: "The repository has a new name in Bitbucket. The webhook still works, and its state is kept.",
    fix: "Use the new name in the configuration. After the apply, the repository still has one webhook with this URL.",
  },

  "review-target-not-found": {
    cause:
      "A review could not be posted, because Bitbucket reports no such pull request or commit. Bitbucket does not distinguish between an object that does not exist and one that is not visible to the credential.",
    fix: "Check `--pr` and the repository. The credential (`BITLIFT_REVIEW_TOKEN`, else the one of the provider) must be able to read the repository and its pull requests.",
  },
} satisfies Explanations<string>;
