/** Converts a planned webhook to the input of Bitbucket's API. */
import type { RepositoryRef, WebhookInput } from "../../clients";
import type { PlannedWebhook, StoredWebhook, ProductFacts } from "./webhook-adapter";

export function toWebhookInput(facts: ProductFacts, plan: PlannedWebhook): WebhookInput {
  return {
    url: plan.webhook_url,
    title: typeof plan.title === "string" ? plan.title : defaultTitle(plan.integration_id),
    active: plan.active,
    events: allEvents(facts, plan.additional_events),
    verifyCertificate: plan.verify_certificate,
  };
}

export function defaultTitle(integrationId: string): string {
  return `Spacelift (${integrationId})`;
}

/** The required and the additional events, sorted. */
export function allEvents({ requiredEvents }: ProductFacts, additionalEvents: readonly string[]): readonly string[] {
  return [...new Set([...requiredEvents, ...additionalEvents])].sort();
}

export function toRepository({ namespace, repository }: PlannedWebhook | StoredWebhook): RepositoryRef {
  return { namespace: namespace ?? "", repository: repository ?? "" };
}

/** Whether the plan changes a value that Bitbucket stores. Other changes need no request. */
export function hasRemoteChange(prior: StoredWebhook, plan: PlannedWebhook, input: WebhookInput): boolean {
  return (
    prior.webhook_url !== input.url ||
    prior.secret_fingerprint !== plan.secret_fingerprint ||
    prior.title !== input.title ||
    prior.active !== input.active ||
    prior.verify_certificate !== input.verifyCertificate ||
    JSON.stringify([...(prior.events ?? [])].sort()) !== JSON.stringify(input.events)
  );
}
