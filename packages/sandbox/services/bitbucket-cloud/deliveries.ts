// How Bitbucket Cloud delivers events to webhooks: its headers, its further attempts, its largest body.
import { randomUUID } from "node:crypto";
import { type Attempt, classifyOutcome, isPaired, post, signBody, toAttempt } from "../../core/webhook-post";
import { Deliveries } from "../../core/deliveries";
import type { State } from "./state";
import { fullName, type Webhook, type Repository } from "./store";

const LARGEST = 256 * 1024;
const ATTEMPTS = 3;

export function createDeliveries(state: State): Deliveries<Repository, Webhook> {
  return new Deliveries(
    {
      nameOf: fullName,
      hooksOf: (repository) => [...repository.webhooks.values(), ...repository.workspace.webhooks.values()],
      idOf: (webhook) => webhook.uuid,
      send: async (webhook, { event, body }) => {
        const headers: Record<string, string> = {
          "X-Event-Key": event,
          "X-Hook-UUID": webhook.uuid.slice(1, -1),
          "X-Request-UUID": randomUUID(),
          "Content-Type": "application/json",
          "User-Agent": "Bitbucket-Webhooks/2.0",
        };
        if (webhook.secret !== null) headers["X-Hub-Signature"] = signBody(webhook.secret, body);
        if (body.length > LARGEST) return { headers, outcome: "too-large", attempts: [] };
        if (!isPaired(webhook.url, state.paired())) return { headers, outcome: "recorded", attempts: [] };
        const attempts: Attempt[] = [];
        for (let number = 1; number <= ATTEMPTS; number++) {
          const timeout = state.switches["delivery-timeout"];
          const numbered = { ...headers, "X-Attempt-Number": String(number) };
          attempts.push(
            toAttempt(await post(webhook.url, { headers: numbered, body, number, timeout, verify: !webhook.skipCertVerification })),
          );
          // Only an answer from 500 up is tried again; no answer at all is not.
          if ((attempts.at(-1)?.status ?? 0) < 500) break;
        }
        return { headers, outcome: classifyOutcome(attempts.at(-1) ?? { status: 0 }), attempts };
      },
    },
    state.clock,
  );
}
