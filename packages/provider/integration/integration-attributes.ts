/** The attributes that the integrations of both products have, and their values. */
import { computed, defaulted, optional, optionalComputed, required } from "../../terraform-plugin";
import { descriptionFault, integrationNameFault, labelsFault, markerFault, ROOT_SPACE_ID, VCS_CHECKS } from "../../domain";
import type { Integration } from "../../clients";
import type { Views } from "../resource-handlers";

/** Declared before the attributes that only one product has. */
export const IDENTITY_ATTRIBUTES = {
  id: computed.string("ID of the integration in Spacelift, derived from the name.", { useStateForUnknown: true }),
  name: required.string(
    "Name of the integration: one line of visible characters, with at least one letter from a to z or digit. Spacelift derives the ID and the webhook URL from it, so the name cannot be changed in place.",
    { requiresReplace: true, check: integrationNameFault },
  ),
  is_default: defaulted(false).boolean(
    "Whether every stack and module of the account can use the integration. An account has at most one default integration per product.",
    { requiresReplace: true },
  ),
  space_id: defaulted(ROOT_SPACE_ID).string(
    "ID of the Space whose stacks and modules can use the integration; stacks and modules in child Spaces that inherit can use it too. Must be `root` for a default integration.",
  ),
};

/** Declared after the attributes that only one product has. */
export const SETTING_ATTRIBUTES = {
  labels: defaulted([]).set("string", "Labels, for finding integrations and for use in policies.", { check: labelsFault }),
  description: defaulted("").string("Purpose of the integration, in Markdown.", { check: descriptionFault }),
  vcs_checks: defaulted("INDIVIDUAL").string(
    "How results are reported on pull requests: one status per stack (`INDIVIDUAL`), three statuses for all stacks (`AGGREGATED`), or both (`ALL`).",
    { oneOf: VCS_CHECKS },
  ),
  use_git_checkout: optionalComputed.boolean(
    "Whether Spacelift checks out code with git instead of downloading an archive. If not set, Spacelift decides.",
  ),
  webhook_secret_rotation: optional.string(
    "Arbitrary text. Changing it from one text to another regenerates the webhook secret in place and updates the webhooks.",
    { check: markerFault },
  ),
  detach_protection: defaulted(true).boolean("Whether to refuse deleting the integration while stacks or modules use it."),
  credential_fingerprint: computed.string(
    "Fingerprint of the token that was last sent to Spacelift. Null if the token was set through a write-only argument.",
  ),
  webhook_url: computed.string("URL that the webhooks of this integration call.", { useStateForUnknown: true }),
  webhook_secret_fingerprint: computed.string("Fingerprint of the secret that signs deliveries. Null if the key cannot read the secret.", {
    useStateForUnknown: true,
  }),
};

/** The views of the attributes that both products have. */
export type IntegrationViews = Views<typeof IDENTITY_ATTRIBUTES & typeof SETTING_ATTRIBUTES>;

/** The attributes that Spacelift reports, with their values. */
export function readableAttributes(integration: Integration) {
  return {
    name: integration.name,
    is_default: integration.isDefault,
    space_id: integration.spaceId,
    labels: integration.labels,
    description: integration.description,
    vcs_checks: integration.vcsChecks,
    use_git_checkout: integration.useGitCheckout,
    webhook_url: integration.webhookUrl,
    webhook_secret_fingerprint: integration.webhookSecretFingerprint,
  };
}
