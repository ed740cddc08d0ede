/** The attributes that the integrations of both products have. */
import { computed, defaulted, optional, optionalComputed, required } from "../../terraform-plugin";
import { ROOT_SPACE_ID, VCS_CHECKS } from "../../domain";

export const INTEGRATION_ATTRIBUTES = {
  id: computed.string("Id in Spacelift, made from the name.", { useStateForUnknown: true }),
  name: required.string("Name of the integration. Spacelift makes id and webhook URL from it, so it cannot be changed in place.", {
    requiresReplace: true,
    check: (name: string) => (name.trim() === "" ? "It is empty." : undefined),
  }),
  is_default: defaulted(false).boolean("Whether every stack and module of the account may use it. One default per account and product.", {
    requiresReplace: true,
  }),
  space_id: defaulted(ROOT_SPACE_ID).string(
    "Space whose stacks and modules may use it, and those in Spaces below that inherit. `root` for a default integration.",
  ),
  labels: defaulted([]).set("string", "Labels, for finding integrations and for policies."),
  description: defaulted("").string("What the integration is for, in Markdown."),
  vcs_checks: defaulted("INDIVIDUAL").string(
    "How pull requests are told: a status per stack (`INDIVIDUAL`), three for all (`AGGREGATED`), or both (`ALL`).",
    { oneOf: VCS_CHECKS },
  ),
  use_git_checkout: optionalComputed.boolean(
    "Whether Spacelift checks out with git in place of downloading an archive. Unset: Spacelift decides.",
  ),
  webhook_secret_rotation: optional.string(
    "Any text; a change from one text to another regenerates the webhook secret in place, and the webhooks follow.",
  ),
  detach_protection: defaulted(true).boolean("Whether a delete is refused while stacks or modules use the integration."),
  credential_fingerprint: computed.string(
    "Fingerprint of the token that Spacelift was last given; null when it came by a write-only argument.",
  ),
  webhook_url: computed.string("Address that webhooks of this integration call.", { useStateForUnknown: true }),
  webhook_secret_fingerprint: computed.string(
    "Fingerprint of the secret that signs deliveries; null when the key may not see the secret.",
    { useStateForUnknown: true },
  ),
};

/** What a data source tells of an integration, besides `id`, `default` and what only its product has. */
export const INTEGRATION_RESULTS = {
  name: computed.string("Name of the integration."),
  is_default: computed.boolean("Whether every stack and module of the account may use it."),
  space_id: computed.string("Space whose stacks and modules may use it."),
  labels: computed.set("string", "Labels of the integration."),
  description: computed.string("What the integration is for."),
  vcs_checks: computed.string("How pull requests are told."),
  use_git_checkout: computed.boolean("Whether Spacelift checks out with git."),
  webhook_url: computed.string("Address that webhooks of this integration call."),
  webhook_secret_fingerprint: computed.string("Fingerprint of the secret that signs deliveries."),
};
