/** The resource `bitlift_bitbucket_cloud_webhook`: the webhook in one Bitbucket Cloud repository that notifies one integration. */
import {
  BITBUCKET_CLOUD_EVENTS,
  formatCloudWebhookImportId,
  parseCloudWebhookImportId,
  REQUIRED_BITBUCKET_CLOUD_EVENTS,
} from "../../domain";
import { computed, defaulted, required, UNKNOWN } from "../../terraform-plugin";
import { resource } from "../configuration/clients";
import { moveFromPublished } from "../published-state";
import type { ResourceReference } from "../resource-reference";
import type { Views } from "../resource-handlers";
import { PATH_SEGMENT, ADOPTION_ATTRIBUTES, CONNECTION_ATTRIBUTES, eventAttributes } from "./webhook-attributes";
import { findOnlyWebhook } from "./imported-webhook";
import { fromPublishedCloudWebhook } from "./published-webhook";
import { WEBHOOK_RAISES, webhookDescription, webhookHandlers } from "./webhook-resource";

const attributes = {
  workspace: required.string("Slug of the workspace that owns the repository.", PATH_SEGMENT),
  ...CONNECTION_ATTRIBUTES,
  ...eventAttributes(BITBUCKET_CLOUD_EVENTS),
  skip_certificate_verification: defaulted(false).boolean("Whether Bitbucket delivers to a host whose certificate it cannot verify."),
  ...ADOPTION_ATTRIBUTES,
  uuid: computed.string("UUID that Bitbucket assigned, in braces.", { useStateForUnknown: true }),
};

const requiredEvents = REQUIRED_BITBUCKET_CLOUD_EVENTS.map((event) => event.key);

export const CLOUD_WEBHOOK_REFERENCE: ResourceReference = {
  notImported: "the secret",
  notGenerated:
    "Only `secret_fingerprint` is missing, because Bitbucket Cloud never shows the secret. The warning `import-incomplete` contains the line to add to the file.",
  afterMove:
    "The first apply sends the secret of the integration to Bitbucket, unless the old state contains that secret. It also adds missing required events, sets the default title if `title` is not set, and turns the verification of certificates on, which the published provider turns off by default.",
  requiredEvents: REQUIRED_BITBUCKET_CLOUD_EVENTS,
};

const IMPORT_ID_EXAMPLE = formatCloudWebhookImportId({
  workspace: "acme",
  repository: "infrastructure",
  uuid: "{202cf34e-7ccf-44b7-ba6b-8827a14d5324}",
});

export const bitbucketCloudWebhook = resource({
  type: "bitbucket_cloud_webhook",
  summary: "A webhook in one Bitbucket Cloud repository that delivers to one Spacelift integration.",
  description: webhookDescription(requiredEvents),
  attributes,
  raises: [...WEBHOOK_RAISES, "webhook-of-workspace"],
  identity: ["workspace", "repository", "uuid"],
  importId: {
    format: "<workspace>/<repository>/{uuid}",
    advice: `an import ID such as ${IMPORT_ID_EXAMPLE}; the braces are optional`,
    parse({ workspace, repository, uuid }) {
      const parts = parseCloudWebhookImportId(`${workspace}/${repository}/${uuid}`);
      return parts && { ...parts };
    },
    complete: (context) => findOnlyWebhook("cloud", "workspace", context),
  },
  movesFrom: moveFromPublished("bitlift_bitbucket_cloud_webhook", fromPublishedCloudWebhook(requiredEvents)),
  ...webhookHandlers<Views<typeof attributes>>({
    product: "cloud",
    namespaceArgument: "workspace",
    requiredEvents,
    toModel: ({ workspace, uuid, skip_certificate_verification: skip, ...shared }) => ({
      ...shared,
      namespace: workspace,
      id: uuid,
      verify_certificate: skip === null ? null : !skip,
    }),
    toDraftModel: ({ workspace, skip_certificate_verification: skip, ...shared }) => ({
      ...shared,
      namespace: workspace,
      verify_certificate: skip === UNKNOWN ? UNKNOWN : !skip,
    }),
    toPlannedModel: ({ workspace, skip_certificate_verification: skip, ...shared }) => ({
      ...shared,
      namespace: workspace,
      verify_certificate: !skip,
    }),
    toStored: (state, { verify_certificate: verify, ...shared }) => ({
      ...state,
      ...shared,
      skip_certificate_verification: verify === null ? null : !verify,
    }),
    toState: (plan, { id, title, events }) => ({ ...plan, title, events, uuid: id }),
    resetId(draft) {
      draft.uuid = UNKNOWN;
    },
    keepRepository({ inPlace }) {
      inPlace("workspace");
      inPlace("repository");
    },
  }),
});
