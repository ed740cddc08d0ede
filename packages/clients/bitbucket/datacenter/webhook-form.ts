/** A webhook as Bitbucket Data Center writes it, from release 5.4 on, and as it wants to be told. */
import { fingerprint } from "../../../domain";
import { booleanOf, objectOf, textOf, textsOf, type JsonObject } from "../../http/json";
import type { SecretState, Webhook, WebhookInput } from "../repository-webhooks";

/** Fields that are ours, or that only Bitbucket writes; all others are carried over. */
const OWN_FIELDS = new Set(["name", "url", "active", "events", "sslVerificationRequired", "configuration", "credentials"]);
const READ_ONLY_FIELDS = new Set(["id", "createdDate", "updatedDate", "scopeType", "statistics", "links"]);

/** A webhook that was read, and the secret, which the server tells and which must go no further. */
export interface ReadWebhook {
  readonly webhook: Webhook;
  readonly secret: string | null;
}

/** The server tells exactly this secret. */
export function tellsSecret({ secret: told }: Webhook, secret: string): boolean {
  return told.is === "set" && told.fingerprint === fingerprint(secret);
}

/** Undefined for what is no webhook. */
export function webhookOf(value: unknown, repositoryName: string | null): ReadWebhook | undefined {
  const item = objectOf(value);
  const id = idOf(item?.["id"]);
  const url = textOf(item?.["url"]);
  if (item === undefined || id === undefined || url === null) return undefined;
  const configuration = objectOf(item["configuration"]);
  const secret = textOf(configuration?.["secret"]) || null;
  return {
    webhook: {
      id,
      url,
      title: textOf(item["name"]) ?? "",
      active: booleanOf(item["active"]) ?? true,
      events: textsOf(item["events"]),
      // Releases before 8 do not have it.
      verifiesCertificate: booleanOf(item["sslVerificationRequired"]),
      secret: secretState(configuration, secret),
      scope: textOf(item["scopeType"])?.toLowerCase() === "project" ? "project" : "repository",
      repositoryId: null,
      repositoryName,
      carried: carriedOf(item, configuration),
    },
    secret,
  };
}

/** The whole object for POST and PUT: whatever it lacks goes back to its default, or is lost. */
export function bodyOf(input: WebhookInput, secret: string, carried: JsonObject): JsonObject {
  return {
    ...carried,
    name: input.title,
    url: input.url,
    active: input.active,
    events: input.events,
    sslVerificationRequired: input.verifyCertificate,
    configuration: { ...objectOf(carried["configuration"]), secret },
  };
}

function idOf(value: unknown): string | undefined {
  const id = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  // Beyond that a number stands for its neighbours too.
  return Number.isSafeInteger(id) ? String(id) : undefined;
}

function secretState(configuration: JsonObject | undefined, secret: string | null): SecretState {
  if (configuration === undefined) return { is: "untold" };
  if (secret === null) return { is: "unset" };
  // Something between us and the server may show stars in its place.
  return { is: "set", fingerprint: /^[*•]+$/.test(secret) ? null : fingerprint(secret) };
}

/** Foreign fields, and foreign keys of the configuration. The user name alone keeps the password that is stored with it. */
function carriedOf(item: JsonObject, configuration: JsonObject | undefined): JsonObject {
  const foreign = Object.entries(item).filter(([name]) => !OWN_FIELDS.has(name) && !READ_ONLY_FIELDS.has(name));
  const { secret: _secret, ...settings } = configuration ?? {};
  const username = textOf(objectOf(item["credentials"])?.["username"]);
  return {
    ...Object.fromEntries(foreign),
    configuration: settings,
    ...(username === null ? {} : { credentials: { username } }),
  };
}
