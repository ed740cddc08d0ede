/** A webhook as Bitbucket Data Center sends it (release 5.4 and later), and as it expects it. */
import { fingerprint } from "../../../domain";
import { asBoolean, asObject, asText, asTexts, type JsonObject } from "../../http/json";
import type { SecretState, Webhook, WebhookInput } from "../repository-webhooks";

/** Fields that Bitlift sets. Like the fields that only Bitbucket writes, they are not passed through. */
const MANAGED_FIELDS = new Set(["name", "url", "active", "events", "sslVerificationRequired", "configuration", "credentials"]);
const READ_ONLY_FIELDS = new Set(["id", "createdDate", "updatedDate", "scopeType", "statistics", "links"]);

export interface ParsedWebhook {
  readonly webhook: Webhook;
  /** The secret that the server returned, for redaction only. */
  readonly secret: string | null;
}

/** Whether the server returned exactly this secret. */
export function showsSecret(webhook: Webhook, secret: string): boolean {
  return webhook.secret.is === "set" && webhook.secret.fingerprint === fingerprint(secret);
}

/** Undefined for a value that is not a webhook. */
export function parseWebhook(value: unknown, repositoryName: string | null): ParsedWebhook | undefined {
  const item = asObject(value);
  const id = parseId(item?.["id"]);
  const url = asText(item?.["url"]);
  if (item === undefined || id === undefined || url === null) return undefined;
  const configuration = asObject(item["configuration"]);
  const secret = asText(configuration?.["secret"]) || null;
  return {
    webhook: {
      id,
      url,
      title: asText(item["name"]) ?? "",
      active: asBoolean(item["active"]) ?? true,
      events: asTexts(item["events"]),
      // Missing before release 8.
      verifiesCertificate: asBoolean(item["sslVerificationRequired"]),
      secret: secretState(configuration, secret),
      scope: asText(item["scopeType"])?.toLowerCase() === "project" ? "project" : "repository",
      repositoryId: null,
      repositoryName,
      passthrough: passthroughOf(item, configuration),
    },
    secret,
  };
}

/** The whole object for POST and PUT: a missing field is reset to its default, or lost. */
export function webhookBody(input: WebhookInput, secret: string, passthrough: JsonObject): JsonObject {
  return {
    ...passthrough,
    name: input.title,
    url: input.url,
    active: input.active,
    events: input.events,
    sslVerificationRequired: input.verifyCertificate,
    configuration: { ...asObject(passthrough["configuration"]), secret },
  };
}

function parseId(value: unknown): string | undefined {
  const id = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  // JavaScript cannot represent all larger numbers exactly.
  return Number.isSafeInteger(id) ? String(id) : undefined;
}

function secretState(configuration: JsonObject | undefined, secret: string | null): SecretState {
  if (configuration === undefined) return { is: "unknown" };
  if (secret === null) return { is: "unset" };
  // A proxy may replace the secret with asterisks.
  return { is: "set", fingerprint: /^[*•]+$/.test(secret) ? null : fingerprint(secret) };
}

/** Other fields, and other keys of the configuration. Sending only the username keeps the stored password. */
function passthroughOf(item: JsonObject, configuration: JsonObject | undefined): JsonObject {
  const fields = Object.entries(item).filter(([name]) => !MANAGED_FIELDS.has(name) && !READ_ONLY_FIELDS.has(name));
  const { secret: _secret, ...settings } = configuration ?? {};
  const username = asText(asObject(item["credentials"])?.["username"]);
  const credentials = username === null ? undefined : { credentials: { username } };
  return { ...Object.fromEntries(fields), configuration: settings, ...credentials };
}
