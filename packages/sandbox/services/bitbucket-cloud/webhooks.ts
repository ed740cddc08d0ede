// How creating and updating a webhook changes the stored one: defaults, absent fields, the secret, and the order of events.
import { createHash, randomInt } from "node:crypto";
import { randomBracedUuid, type Webhook } from "./store";
import type { Switches } from "./switches";
import type { WebhookInput } from "./webhook-input";

type Settings = Pick<Webhook, "url" | "description" | "active" | "skipCertVerification" | "historyEnabled" | "events">;

const DEFAULTS: Settings = { url: "", description: "", active: true, skipCertVerification: false, historyEnabled: false, events: [] };

export function createWebhook(input: WebhookInput, now: number, uuid = randomBracedUuid()): Webhook {
  return { uuid, createdAt: formatNanoseconds(now), ...applyInput(input, DEFAULTS, uuid), secret: input.secret ?? null };
}

/** A body without a secret keeps the stored secret, regardless of what happens to other absent fields. */
export function updateWebhook(webhook: Webhook, input: WebhookInput, mode: Switches["put-absent"]): void {
  Object.assign(webhook, applyInput(input, mode === "merge" ? webhook : DEFAULTS, webhook.uuid));
  if (input.secret !== undefined) webhook.secret = input.secret;
}

/** @param fallback values for absent fields */
function applyInput(input: WebhookInput, fallback: Settings, uuid: string): Settings {
  return {
    url: input.url ?? fallback.url,
    description: input.description ?? fallback.description,
    active: input.active ?? fallback.active,
    skipCertVerification: input.skipCertVerification ?? fallback.skipCertVerification,
    historyEnabled: input.historyEnabled ?? fallback.historyEnabled,
    events: input.events === undefined ? fallback.events : orderForDisplay(input.events, uuid),
  };
}

/** Stable for a webhook, and never the order in which two or more events were sent. */
function orderForDisplay(sent: readonly string[], uuid: string): readonly string[] {
  const rank = (event: string): string => createHash("md5").update(uuid).update(event).digest("hex");
  const ordered = sent
    .map((event) => ({ event, rank: rank(event) }))
    .sort((left, right) => (left.rank < right.rank ? -1 : 1))
    .map(({ event }) => event);
  const [first] = ordered;
  return first !== undefined && ordered.every((event, index) => event === sent[index]) ? [...ordered.slice(1), first] : ordered;
}

/** Recorded responses have nine fractional digits. */
function formatNanoseconds(now: number): string {
  const digits = `${randomInt(1_000_000)}`.padStart(6, "0");
  return new Date(now).toISOString().replace("Z", `${digits}Z`);
}
