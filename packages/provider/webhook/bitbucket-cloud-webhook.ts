/** `bitlift_bitbucket_cloud_webhook`: the webhook in one Bitbucket Cloud repository that feeds one integration. */
import { computed } from "../../terraform-plugin";
import {
  BITBUCKET_CLOUD_EVENTS,
  formatCloudWebhookImportId,
  parseCloudWebhookImportId,
  REQUIRED_BITBUCKET_CLOUD_EVENTS,
} from "../../domain";
import { repositoryWebhook } from "./repository-webhook";

const EXAMPLE = formatCloudWebhookImportId({
  workspace: "acme",
  repository: "infrastructure",
  uuid: "{202cf34e-7ccf-44b7-ba6b-8827a14d5324}",
});

export const bitbucketCloudWebhook = repositoryWebhook({
  product: "cloud",
  summary: "A webhook in one Bitbucket Cloud repository that delivers to one Spacelift integration.",
  namespace: { name: "workspace", text: "Workspace slug that owns the repository." },
  id: {
    name: "uuid",
    attribute: computed.string("Id that Bitbucket assigned, in braces.", { useStateForUnknown: true }),
    stored: (id) => id,
  },
  certificate: {
    name: "skip_certificate_verification",
    trusting: true,
    text: "Whether Bitbucket delivers to a host whose certificate it cannot verify.",
  },
  requiredEvents: REQUIRED_BITBUCKET_CLOUD_EVENTS.map((event) => event.key),
  knownEvents: BITBUCKET_CLOUD_EVENTS,
  importId: {
    format: "<workspace>/<repository>/{uuid}",
    example: `${EXAMPLE}; the braces may be left out`,
    parse(text) {
      const parts = parseCloudWebhookImportId(text);
      return parts && { namespace: parts.workspace, repository: parts.repository, id: parts.uuid };
    },
  },
});
