// What creating and replacing a webhook does: defaults, absent fields, the secret and the password.
import type { WebhookInput } from "./webhook-input";
import type { Webhook } from "./store";

export function createWebhook(input: WebhookInput, id: number, now: number): Webhook {
  const { name = "", url, active = true, events, configuration = {}, sslVerificationRequired = true } = input;
  const credentials = mergeCredentials(input, null);
  return { id, name, url, active, events, configuration, sslVerificationRequired, credentials, createdDate: now, updatedDate: now };
}

/** Everything that is not sent gets its default, so that a PUT without `configuration` removes the secret; only a password stays, with its user name. */
export function replaceWebhook(
  webhook: Webhook,
  input: WebhookInput,
  { now, verification }: { readonly now: number; readonly verification: boolean },
): void {
  webhook.name = input.name ?? "";
  webhook.url = input.url;
  webhook.active = input.active ?? true;
  webhook.events = input.events;
  webhook.configuration = input.configuration ?? {};
  webhook.sslVerificationRequired = input.sslVerificationRequired ?? verification;
  webhook.credentials = mergeCredentials(input, webhook.credentials);
  webhook.updatedDate = now;
}

function mergeCredentials({ credentials }: WebhookInput, before: Webhook["credentials"]): Webhook["credentials"] {
  if (credentials === undefined) return null;
  return { username: credentials.username, password: credentials.password ?? before?.password ?? "" };
}
