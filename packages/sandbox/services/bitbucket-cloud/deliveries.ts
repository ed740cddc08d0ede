// How Bitbucket Cloud delivers events to webhooks: headers, repeated attempts, and the maximum body size.
import { randomUUID } from "node:crypto";
import { Deliveries, type DeliveryResult, type Message } from "../../core/deliveries";
import { type Attempt, classifyOutcome, isPaired, post, signBody, toAttempt } from "../../core/webhook-post";
import type { State } from "./state";
import { fullName, type Repository, type Webhook } from "./store";

const MAX_BODY_BYTES = 256 * 1024;
const MAX_ATTEMPTS = 3;

export function createDeliveries(state: State): Deliveries<Repository, Webhook> {
  return new Deliveries(
    {
      nameOf: fullName,
      hooksOf: (repository) => [...repository.webhooks.values(), ...repository.workspace.webhooks.values()],
      idOf: ({ uuid }) => uuid,
      send: (webhook, message) => send(state, webhook, message),
    },
    state.clock,
  );
}

async function send(state: State, webhook: Webhook, message: Message): Promise<DeliveryResult> {
  const { body } = message;
  const headers = createHeaders(webhook, message);
  if (body.length > MAX_BODY_BYTES) return { headers, outcome: "too-large", attempts: [] };
  if (!isPaired(webhook.url, state.paired())) return { headers, outcome: "recorded", attempts: [] };
  const attempts: Attempt[] = [];
  let lastStatus = 0;
  for (let number = 1; number <= MAX_ATTEMPTS; number++) {
    const result = await post(webhook.url, {
      headers: { ...headers, "X-Attempt-Number": `${number}` },
      body,
      number,
      timeout: state.switches["delivery-timeout"],
      verify: !webhook.skipCertVerification,
    });
    attempts.push(toAttempt(result));
    lastStatus = result.status;
    // Only a 5xx response is followed by another attempt; a missing response is not.
    if (lastStatus < 500) break;
  }
  return { headers, outcome: classifyOutcome({ status: lastStatus }), attempts };
}

function createHeaders(webhook: Webhook, { event, body }: Message): Record<string, string> {
  const headers: Record<string, string> = {
    "X-Event-Key": event,
    "X-Hook-UUID": webhook.uuid.slice(1, -1),
    "X-Request-UUID": randomUUID(),
    "Content-Type": "application/json",
    "User-Agent": "Bitbucket-Webhooks/2.0",
  };
  if (webhook.secret !== null) headers["X-Hub-Signature"] = signBody(webhook.secret, body);
  return headers;
}
