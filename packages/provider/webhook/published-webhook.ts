/** Converts the states of the published providers' webhooks, so that a `moved` block takes over the webhook. */
import { bracedUuid } from "../../domain";
import type { ObjectValue, Value } from "../../terraform-plugin";
import { storedFingerprint } from "../published-state";

/** The published type names a webhook by `id`; its `uuid` is only what Bitbucket last returned. */
export function fromPublishedCloudWebhook(requiredEvents: readonly string[]): (stored: ObjectValue) => ObjectValue {
  return ({
    id,
    uuid,
    owner = null,
    repository = null,
    url = null,
    secret,
    description,
    events,
    active,
    skip_cert_verification: skip,
  }) => ({
    workspace: owner,
    repository,
    uuid: uuidIn(id) ?? uuidIn(uuid) ?? null,
    ...sharedValues({ url, secret, title: description, events, active }, requiredEvents),
    // The default of the published provider is the opposite of this provider's.
    skip_certificate_verification: skip ?? true,
  });
}

/** `webhook_id` is a number there, and 0 if the webhook was never read. The other ID consists of names, which can be ambiguous. */
export function fromPublishedDatacenterWebhook(requiredEvents: readonly string[]): (stored: ObjectValue) => ObjectValue {
  return ({ webhook_id: id, project = null, repository = null, webhook_url: url = null, secret, name, events, active }) => ({
    project,
    repository,
    webhook_id: id === 0 || id === undefined ? null : id,
    ...sharedValues({ url, secret, title: name, events, active }, requiredEvents),
    verify_certificate: true,
  });
}

interface PublishedValues {
  readonly url: Value;
  readonly secret: Value | undefined;
  readonly title: Value | undefined;
  readonly events: Value | undefined;
  readonly active: Value | undefined;
}

/** The read finds the integration by the URL. */
function sharedValues({ url, secret, title, events, active }: PublishedValues, requiredEvents: readonly string[]): ObjectValue {
  return {
    webhook_url: url,
    secret_fingerprint: storedFingerprint(secret),
    title: title === undefined || title === "" ? null : title,
    ...eventValues(events, requiredEvents),
    active: active ?? true,
    adopt_existing: true,
  };
}

/** Without a list, the next read records the events. */
function eventValues(events: Value | undefined, requiredEvents: readonly string[]): ObjectValue {
  if (!isTextList(events)) return { events: events ?? null };
  const sorted = [...new Set(events)].sort();
  return { events: sorted, additional_events: sorted.filter((event) => !requiredEvents.includes(event)) };
}

function isTextList(value: Value | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((element) => typeof element === "string");
}

function uuidIn(value: Value | undefined): string | undefined {
  return typeof value === "string" ? bracedUuid(value) : undefined;
}
