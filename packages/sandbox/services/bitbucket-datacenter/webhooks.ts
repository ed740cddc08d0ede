// How creating and replacing a webhook changes the stored one: defaults, absent fields, the secret and the password.
import type { Webhook } from "./store";
import type { WebhookInput } from "./webhook-input";

export function createWebhook(input: WebhookInput, id: number, now: number): Webhook {
  const { name = "", url, active = true, events, configuration = {}, sslVerificationRequired = true } = input;
  const credentials = mergeCredentials(input, null);
  return { id, name, url, active, events, configuration, sslVerificationRequired, credentials, createdDate: now, updatedDate: now };
}

/** Absent fields get their defaults, so a PUT without `configuration` removes the secret. Only the password is kept, if the body has a user name without one. */
export function replaceWebhook(
  webhook: Webhook,
  input: WebhookInput,
  { now, defaultVerification }: { readonly now: number; readonly defaultVerification: boolean },
): void {
  webhook.name = input.name ?? "";
  webhook.url = input.url;
  webhook.active = input.active ?? true;
  webhook.events = input.events;
  webhook.configuration = input.configuration ?? {};
  webhook.sslVerificationRequired = input.sslVerificationRequired ?? defaultVerification;
  webhook.credentials = mergeCredentials(input, webhook.credentials);
  webhook.updatedDate = now;
}

function mergeCredentials({ credentials }: WebhookInput, stored: Webhook["credentials"]): Webhook["credentials"] {
  if (credentials === undefined) return null;
  return { username: credentials.username, password: credentials.password ?? stored?.password ?? "" };
}
