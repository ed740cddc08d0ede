/** `bitlift_bitbucket_datacenter_webhook`: the webhook in one Bitbucket Data Center repository that feeds one integration. */
import {
  error,
  BITBUCKET_DATACENTER_EVENTS,
  eventsAfter,
  formatDatacenterWebhookImportId,
  parseDatacenterWebhookImportId,
  REQUIRED_BITBUCKET_DATACENTER_EVENTS,
} from "../../domain";
import { computed } from "../../terraform-plugin";
import { repositoryWebhook } from "./repository-webhook";

const REQUIRED_EVENTS: readonly string[] = REQUIRED_BITBUCKET_DATACENTER_EVENTS.map((event) => event.key);

export const bitbucketDatacenterWebhook = repositoryWebhook({
  product: "datacenter",
  summary: "A webhook in one Bitbucket Data Center repository that delivers to one Spacelift integration.",
  description:
    "Data Center tells the secret of a webhook to administrators of its repository, so a secret that was changed by hand is noticed by its fingerprint, and put right. " +
    "Bitbucket also has webhooks of a whole project: one with the same URL would deliver each event twice, and is named in a warning where the server can be asked (from 8.0). " +
    "Spacelift needs a server of release 7.0 or newer.",
  namespace: { name: "project", text: "Key of the project that owns the repository, or `~<user>` for a personal repository." },
  id: {
    name: "webhook_id",
    attribute: computed.number("Id that Bitbucket assigned: a whole number.", { useStateForUnknown: true }),
    stored: Number,
  },
  certificate: {
    name: "verify_certificate",
    trusting: false,
    text: "Whether Bitbucket verifies the certificate of the host that it delivers to.",
  },
  requiredEvents: REQUIRED_EVENTS,
  knownEvents: BITBUCKET_DATACENTER_EVENTS,
  importId: {
    format: "<project>/<repository>/<id>",
    example: formatDatacenterWebhookImportId({ project: "PAY", repository: "infrastructure", id: "42" }),
    parse(text) {
      const parts = parseDatacenterWebhookImportId(text);
      return parts && { namespace: parts.project, repository: parts.repository, id: parts.id };
    },
  },
  async judgeServer(api, events) {
    const version = await api.bitbucketDatacenter.serverVersion();
    const [missing] = version === null ? [] : eventsAfter(version, events);
    if (version === null || missing === undefined) return undefined;
    const needed = REQUIRED_EVENTS.includes(missing.key);
    return error("event-not-supported", {
      why: `The server is Bitbucket ${version}, and the event ${missing.key} exists from ${missing.since} on.${needed ? " Spacelift needs it." : ""}`,
      fix: needed
        ? `Update the server to ${missing.since} or newer.`
        : `Take ${missing.key} out of additional_events, or update the server.`,
      at: needed ? ["project"] : ["additional_events"],
    });
  },
  serverOf: (api) => api.bitbucketDatacenter.url,
  raises: ["event-not-supported", "bitbucket-server-changed", "webhook-of-project", "webhook-of-project-not-checked"],
});
