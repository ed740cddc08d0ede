/** The resource `bitlift_bitbucket_datacenter_webhook`: the webhook in one Bitbucket Data Center repository that notifies one integration. */
import {
  error,
  BITBUCKET_DATACENTER_EVENTS,
  unsupportedEvents,
  formatDatacenterWebhookImportId,
  parseDatacenterWebhookImportId,
  REQUIRED_BITBUCKET_DATACENTER_EVENTS,
  type DiagnosticCode,
} from "../../domain";
import type { Diagnostic } from "../../diagnostics";
import { computed, defaulted, required, UNKNOWN } from "../../terraform-plugin";
import { resource, type Clients } from "../configuration/clients";
import { moveFromPublished } from "../published-state";
import type { ResourceReference } from "../resource-reference";
import type { Views } from "../resource-handlers";
import { PATH_SEGMENT, ADOPTION_ATTRIBUTES, CONNECTION_ATTRIBUTES, eventAttributes } from "./webhook-attributes";
import { findOnlyWebhook } from "./imported-webhook";
import { fromPublishedDatacenterWebhook } from "./published-webhook";
import { WEBHOOK_RAISES, webhookDescription, webhookHandlers } from "./webhook-resource";

const attributes = {
  project: required.string("Key of the project that owns the repository, or `~<user>` for a personal repository.", PATH_SEGMENT),
  ...CONNECTION_ATTRIBUTES,
  ...eventAttributes(BITBUCKET_DATACENTER_EVENTS),
  verify_certificate: defaulted(true).boolean("Whether Bitbucket verifies the certificate of the host to which it delivers."),
  ...ADOPTION_ATTRIBUTES,
  webhook_id: computed.string("ID that Bitbucket assigned.", { useStateForUnknown: true }),
};

const requiredEvents: readonly string[] = REQUIRED_BITBUCKET_DATACENTER_EVENTS.map((event) => event.key);

const SERVER_RAISES: readonly DiagnosticCode[] = [
  "event-not-supported",
  "bitbucket-server-changed",
  "webhook-of-project",
  "webhook-of-project-not-checked",
];

export const DATACENTER_WEBHOOK_REFERENCE: ResourceReference = {
  afterMove:
    "The first apply sends the secret of the integration to Bitbucket, unless the webhook has that secret. It also adds missing required events, and sets the default title if `title` is not set.",
  requiredEvents: REQUIRED_BITBUCKET_DATACENTER_EVENTS,
};

const IMPORT_ID_EXAMPLE = formatDatacenterWebhookImportId({ project: "PAY", repository: "infrastructure", id: "42" });

export const bitbucketDatacenterWebhook = resource({
  type: "bitbucket_datacenter_webhook",
  summary: "A webhook in one Bitbucket Data Center repository that delivers to one Spacelift integration.",
  description: webhookDescription(
    requiredEvents,
    " Data Center shows the secret of a webhook to administrators of its repository, so the provider detects a manually changed secret by its fingerprint and corrects it. " +
      "Bitbucket also has webhooks for a whole project. One with the same URL would deliver each event twice; the provider warns about it if the server lists such webhooks (8.0 or later). " +
      "Spacelift requires Bitbucket Data Center 7.0 or later.",
  ),
  attributes,
  raises: [...WEBHOOK_RAISES, ...SERVER_RAISES],
  identity: ["project", "repository", "webhook_id"],
  importId: {
    format: "<project>/<repository>/<id>",
    advice: `an import ID such as ${IMPORT_ID_EXAMPLE}`,
    parse({ project, repository, webhook_id: id }) {
      const parts = parseDatacenterWebhookImportId(`${project}/${repository}/${id}`);
      return parts && { project: parts.project, repository: parts.repository, webhook_id: parts.id };
    },
    complete: (context) => findOnlyWebhook("datacenter", "project", context),
  },
  movesFrom: moveFromPublished("bitlift_bitbucket_datacenter_webhook", fromPublishedDatacenterWebhook(requiredEvents)),
  ...webhookHandlers<Views<typeof attributes>>({
    product: "datacenter",
    namespaceArgument: "project",
    requiredEvents,
    checkServer,
    serverUrl: (api) => api.bitbucketDatacenter.url,
    toModel: ({ project, webhook_id: id, ...shared }) => ({ ...shared, namespace: project, id }),
    toDraftModel: ({ project, ...shared }) => ({ ...shared, namespace: project }),
    toPlannedModel: ({ project, ...shared }) => ({ ...shared, namespace: project }),
    toStored: (state, read) => ({ ...state, ...read }),
    toState: (plan, { id, title, events }) => ({ ...plan, title, events, webhook_id: id }),
    resetId(draft) {
      draft.webhook_id = UNKNOWN;
    },
  }),
});

/** Reports the first event that the server does not support: older servers lack some events. */
async function checkServer(api: Clients, events: readonly string[]): Promise<Diagnostic | undefined> {
  const version = await api.bitbucketDatacenter.serverVersion();
  const [missing] = version === null ? [] : unsupportedEvents(version, events);
  if (version === null || missing === undefined) return undefined;
  const isRequired = requiredEvents.includes(missing.key);
  return error("event-not-supported", {
    why: `The server runs Bitbucket ${version}, but the event ${missing.key} exists only since ${missing.since}.${isRequired ? " Spacelift needs this event." : ""}`,
    fix: isRequired
      ? `Update the server to ${missing.since} or later.`
      : `Remove ${missing.key} from additional_events, or update the server.`,
    at: isRequired ? ["project"] : ["additional_events"],
  });
}
