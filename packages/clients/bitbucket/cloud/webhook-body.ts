/** A webhook as Bitbucket Cloud sends it, and as it expects it. */
import { bracedUuid } from "../../../domain";
import { asBoolean, asObject, asText, asTexts } from "../../http/json";
import type { Webhook, WebhookInput } from "../repository-webhooks";

/** Fields that Bitlift sets. Like the fields that only Bitbucket writes, they are not passed through. */
const MANAGED_FIELDS = new Set(["url", "description", "active", "events", "skip_cert_verification", "secret"]);
const READ_ONLY_FIELDS = new Set(["type", "uuid", "secret_set", "created_at", "subject", "subject_type", "links", "source", "read_only"]);

/** Undefined for a value that is not a webhook. */
export function parseWebhook(value: unknown): Webhook | undefined {
  const item = asObject(value);
  const uuid = bracedUuid(asText(item?.["uuid"]) ?? "");
  const url = asText(item?.["url"]);
  if (item === undefined || uuid === undefined || url === null) return undefined;
  const subject = asObject(item["subject"]);
  const passthrough = Object.entries(item).filter(([name]) => !MANAGED_FIELDS.has(name) && !READ_ONLY_FIELDS.has(name));
  const secretSet = asBoolean(item["secret_set"]);
  return {
    id: uuid,
    url,
    title: asText(item["description"]) ?? "",
    active: asBoolean(item["active"]) ?? true,
    events: asTexts(item["events"]),
    verifiesCertificate: asBoolean(item["skip_cert_verification"]) !== true,
    secret: secretSet === null ? { is: "unknown" } : secretSet ? { is: "set", fingerprint: null } : { is: "unset" },
    scope: "repository",
    repositoryId: bracedUuid(asText(subject?.["uuid"]) ?? "") ?? null,
    repositoryName: asText(subject?.["full_name"]),
    passthrough: Object.fromEntries(passthrough),
  };
}

/** The whole object for POST and PUT, without the secret. */
export function webhookBody(input: WebhookInput): Record<string, unknown> {
  return {
    url: input.url,
    description: input.title,
    active: input.active,
    events: input.events,
    skip_cert_verification: !input.verifyCertificate,
  };
}
