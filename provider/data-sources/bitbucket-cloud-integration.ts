/** `data "bitlift_bitbucket_cloud_integration"`: an integration that exists, never its secret. */
import { error, problem, warning } from "../../diagnostics";
import { computed, optional, overridable, UNKNOWN } from "../../tfplugin";
import { ROOT_SPACE_ID } from "../../vocabulary/spacelift";
import { dataSource } from "../clients";

export const bitbucketCloudIntegrationData = dataSource({
  type: "bitbucket_cloud_integration",
  summary: "A Bitbucket Cloud integration that exists already, by `id`, or the account's default one.",
  details: "A key without admin on the integration's Space gets id, name, is_default and space_id; the rest is null, with a warning.",
  attributes: {
    id: overridable.string("Id of the integration."),
    default: optional.boolean("True for the account's default integration."),
    name: computed.string("Name of the integration."),
    is_default: computed.boolean("Whether every stack and module of the account may use it."),
    space_id: computed.string("Space whose stacks and modules may use it."),
    email: computed.string("Atlassian account email; null for app passwords."),
    username: computed.string("User name of an app password; null for API tokens."),
    labels: computed.set("string", "Labels of the integration."),
    description: computed.string("What the integration is for."),
    vcs_checks: computed.string("How pull requests are told."),
    use_git_checkout: computed.boolean("Whether Spacelift checks out with git."),
    webhook_url: computed.string("Address that webhooks of this integration call."),
    webhook_secret_fingerprint: computed.string("Fingerprint of the secret that signs deliveries."),
  },

  raises: ["value-missing", "integration-not-found", "integration-hidden"],

  validate({ config, report }) {
    if (config.id === UNKNOWN || config.default === UNKNOWN) return;
    if ((config.id === null) === (config.default !== true)) {
      report.add(
        error("value-missing", {
          why: config.id === null ? "Neither id nor default = true is given." : "Both id and default = true are given.",
          fix: "Give the id, or default = true.",
          at: ["id"],
        }),
      );
    }
  },

  async read({ config, api, report }) {
    const { cloudIntegrations: integrations, keyName } = api.spacelift;
    const id = typeof config.id === "string" ? config.id : (await integrations.findDefault())?.id;
    const found = id === undefined ? { state: "gone" as const } : await integrations.find(id, null);
    if (id === undefined || found.state === "gone") {
      throw problem("integration-not-found", {
        why:
          id === undefined
            ? `${keyName} sees no default Bitbucket Cloud integration.`
            : `${keyName} sees no Bitbucket Cloud integration with the id "${id}".`,
        fix: "Check the id, and whether the key may read the integration's Space.",
      });
    }
    const asked = { default: config.default === UNKNOWN ? null : config.default, id };
    if (found.state === "hidden") {
      report.add(
        warning("integration-hidden", {
          why: `${keyName} may not see the details of the integration "${found.listing.name}" (${id}).`,
          fix: `Give the key admin on the Space "${found.spaceId ?? ROOT_SPACE_ID}" if its webhook URL is needed.`,
        }),
      );
      const { name, isDefault, spaceId } = found.listing;
      const unseen = {
        email: null,
        username: null,
        labels: null,
        description: null,
        vcs_checks: null,
        use_git_checkout: null,
        webhook_url: null,
        webhook_secret_fingerprint: null,
      };
      return { ...asked, ...unseen, name, is_default: isDefault, space_id: spaceId };
    }
    const { integration } = found;
    return {
      ...asked,
      name: integration.name,
      is_default: integration.isDefault,
      space_id: integration.spaceId,
      email: integration.email,
      username: integration.username,
      labels: integration.labels,
      description: integration.description,
      vcs_checks: integration.vcsChecks,
      use_git_checkout: integration.useGitCheckout,
      webhook_url: integration.webhookUrl,
      webhook_secret_fingerprint: integration.webhookSecretFingerprint,
    };
  },
});
