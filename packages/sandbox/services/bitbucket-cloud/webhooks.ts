// What creating and changing a webhook does: defaults, absent fields, the secret, and the order of events.
import { createHash, randomInt } from "node:crypto";
import type { WebhookInput } from "./webhook-input";
import { type Webhook, randomBracedUuid } from "./store";
import type { Switches } from "./switches";

export function createWebhook(input: WebhookInput, now: number, uuid = randomBracedUuid()): Webhook {
  return {
    uuid,
    createdAt: formatNanoseconds(now),
    url: input.url ?? "",
    description: input.description ?? "",
    active: input.active ?? true,
    skipCertVerification: input.skipCertVerification ?? false,
    historyEnabled: input.historyEnabled ?? false,
    events: displayOrder(input.events ?? [], uuid),
    secret: input.secret ?? null,
  };
}

/** The secret stays when the body has none, whatever happens to other absent fields. */
export function updateWebhook(webhook: Webhook, input: WebhookInput, mode: Switches["put-absent"]): void {
  const merge = mode === "merge";
  webhook.url = input.url ?? (merge ? webhook.url : "");
  webhook.description = input.description ?? (merge ? webhook.description : "");
  webhook.active = input.active ?? (merge ? webhook.active : true);
  webhook.skipCertVerification = input.skipCertVerification ?? (merge ? webhook.skipCertVerification : false);
  webhook.historyEnabled = input.historyEnabled ?? (merge ? webhook.historyEnabled : false);
  webhook.events = input.events === undefined ? (merge ? webhook.events : []) : displayOrder(input.events, webhook.uuid);
  if (input.secret !== undefined) webhook.secret = input.secret;
}

/** Stable for a webhook, and never the order in which two or more events were sent. */
function displayOrder(sent: readonly string[], uuid: string): readonly string[] {
  const rank = (event: string): string => createHash("md5").update(uuid).update(event).digest("hex");
  const shown = sent
    .map((event) => ({ event, rank: rank(event) }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1))
    .map(({ event }) => event);
  const [first] = shown;
  return first !== undefined && shown.every((event, index) => event === sent[index]) ? [...shown.slice(1), first] : shown;
}

/** As recorded: nine digits of a second. */
function formatNanoseconds(now: number): string {
  const digits = String(randomInt(1_000_000)).padStart(6, "0");
  return new Date(now).toISOString().replace("Z", `${digits}Z`);
}
