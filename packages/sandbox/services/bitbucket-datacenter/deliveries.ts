// How Bitbucket Data Center delivers events to webhooks: its headers, one attempt, and a circuit breaker for those that fail.
import { randomUUID } from "node:crypto";
import { toAttempt, isPaired, classifyOutcome, post, signBody } from "../../core/webhook-post";
import { Deliveries } from "../../core/deliveries";
import type { State } from "./operation";
import { fullName, type Hook, type Repository } from "./store";
import { buildNumber, shownVersion } from "./version";

export const PING = "diagnostics:ping";

export function datacenterDeliveries(state: State): Deliveries<Repository, Hook> {
  const { invocations, switches, clock } = state;
  return new Deliveries(
    {
      nameOf: fullName,
      // Those of a project hear of every repository in it.
      hooksOf: (repository) => [...repository.hooks.values(), ...repository.project.hooks.values()],
      idOf: (hook) => hook.id,
      send: async (hook, { event, body }, repository) => {
        const headers = headersOf(event, switches.version, hook.credentials);
        const { secret } = hook.configuration;
        if (typeof secret === "string" && secret !== "") headers["X-Hub-Signature"] = signBody(secret, body);
        if (!isPaired(hook.url, state.paired())) return { headers, outcome: "recorded", attempts: [] };
        const start = clock.now();
        if (switches["circuit-breaker"] === "on" && invocations.circuitOf(hook).isOpen(start)) {
          return { headers, outcome: "skipped", attempts: [] };
        }
        const answer = await post(hook.url, {
          headers,
          body,
          number: 1,
          timeout: switches["delivery-timeout"],
          verify: hook.sslVerificationRequired,
        });
        invocations.add(hook, { event, repositoryId: repository.id, start, url: hook.url, headers, body: body.toString("utf8"), answer });
        return { headers, outcome: classifyOutcome(answer), attempts: [toAttempt(answer)] };
      },
    },
    clock,
  );
}

export function headersOf(event: string, version: string, credentials: Hook["credentials"]): Record<string, string> {
  return {
    "X-Event-Key": event,
    "X-Request-Id": randomUUID(),
    "Content-Type": "application/json; charset=utf-8",
    "User-Agent": `Atlassian HttpClient 4.2.0 / Bitbucket-${shownVersion(version)} (${buildNumber(version)}) / Default`,
    ...(credentials !== null && {
      Authorization: `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString("base64")}`,
    }),
  };
}
