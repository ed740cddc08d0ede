// How Bitbucket Data Center delivers events to webhooks: its headers, one attempt, and a circuit breaker for those that fail.
import { randomUUID } from "node:crypto";
import { classifyOutcome, isPaired, post, signBody, toAttempt } from "../../core/webhook-post";
import { Deliveries } from "../../core/deliveries";
import type { State } from "./operation";
import { fullName, type Webhook, type Repository } from "./store";
import { buildNumber, fullVersion } from "./version";

export const PING = "diagnostics:ping";

export function createDeliveries(state: State): Deliveries<Repository, Webhook> {
  const { invocations, switches, clock } = state;
  return new Deliveries(
    {
      nameOf: fullName,
      // Those of a project hear of every repository in it.
      hooksOf: (repository) => [...repository.webhooks.values(), ...repository.project.webhooks.values()],
      idOf: (webhook) => webhook.id,
      send: async (webhook, { event, body }, repository) => {
        const headers = createHeaders(event, switches.version, webhook.credentials);
        const { secret } = webhook.configuration;
        if (typeof secret === "string" && secret !== "") headers["X-Hub-Signature"] = signBody(secret, body);
        if (!isPaired(webhook.url, state.paired())) return { headers, outcome: "recorded", attempts: [] };
        const start = clock.now();
        if (switches["circuit-breaker"] === "on" && invocations.circuitBreakerOf(webhook).isOpen(start)) {
          return { headers, outcome: "skipped", attempts: [] };
        }
        const response = await post(webhook.url, {
          headers,
          body,
          number: 1,
          timeout: switches["delivery-timeout"],
          verify: webhook.sslVerificationRequired,
        });
        invocations.record(webhook, {
          event,
          repositoryId: repository.id,
          start,
          url: webhook.url,
          headers,
          body: body.toString("utf8"),
          result: response,
        });
        return { headers, outcome: classifyOutcome(response), attempts: [toAttempt(response)] };
      },
    },
    clock,
  );
}

export function createHeaders(event: string, version: string, credentials: Webhook["credentials"]): Record<string, string> {
  return {
    "X-Event-Key": event,
    "X-Request-Id": randomUUID(),
    "Content-Type": "application/json; charset=utf-8",
    "User-Agent": `Atlassian HttpClient 4.2.0 / Bitbucket-${fullVersion(version)} (${buildNumber(version)}) / Default`,
    ...(credentials !== null && {
      Authorization: `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString("base64")}`,
    }),
  };
}
