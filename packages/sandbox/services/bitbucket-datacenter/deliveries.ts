// How Bitbucket Data Center delivers events to webhooks: headers, a single attempt, and a circuit breaker for failing webhooks.
import { randomUUID } from "node:crypto";
import { Deliveries, type DeliveryResult, type Message } from "../../core/deliveries";
import { classifyOutcome, isPaired, post, signBody, toAttempt } from "../../core/webhook-post";
import type { State } from "./state";
import { fullName, type Repository, type Webhook } from "./store";
import { formatBuildNumber, formatFullVersion } from "./version";

export const PING = "diagnostics:ping";

export function createDeliveries(state: State): Deliveries<Repository, Webhook> {
  return new Deliveries(
    {
      nameOf: fullName,
      hooksOf: (repository) => [...repository.webhooks.values(), ...repository.project.webhooks.values()],
      idOf: ({ id }) => id,
      send: (webhook, message, repository) => send(state, webhook, message, repository),
    },
    state.clock,
  );
}

async function send(state: State, webhook: Webhook, { event, body }: Message, repository: Repository): Promise<DeliveryResult> {
  const { invocations, switches, clock } = state;
  const { url } = webhook;
  const headers = createHeaders(event, switches.version, webhook.credentials);
  const { secret } = webhook.configuration;
  if (typeof secret === "string" && secret !== "") headers["X-Hub-Signature"] = signBody(secret, body);
  if (!isPaired(url, state.paired())) return { headers, outcome: "recorded", attempts: [] };
  const start = clock.now();
  if (switches["circuit-breaker"] === "on" && invocations.circuitBreakerOf(webhook).isOpen(start)) {
    return { headers, outcome: "skipped", attempts: [] };
  }
  const timeout = switches["delivery-timeout"];
  const result = await post(url, { headers, body, number: 1, timeout, verify: webhook.sslVerificationRequired });
  invocations.record(webhook, { event, repositoryId: repository.id, start, url, headers, body: body.toString("utf8"), result });
  return { headers, outcome: classifyOutcome(result), attempts: [toAttempt(result)] };
}

export function createHeaders(event: string, version: string, credentials: Webhook["credentials"]): Record<string, string> {
  const headers: Record<string, string> = {
    "X-Event-Key": event,
    "X-Request-Id": randomUUID(),
    "Content-Type": "application/json; charset=utf-8",
    "User-Agent": `Atlassian HttpClient 4.2.0 / Bitbucket-${formatFullVersion(version)} (${formatBuildNumber(version)}) / Default`,
  };
  if (credentials !== null) {
    const login = Buffer.from(`${credentials.username}:${credentials.password}`).toString("base64");
    headers["Authorization"] = `Basic ${login}`;
  }
  return headers;
}
