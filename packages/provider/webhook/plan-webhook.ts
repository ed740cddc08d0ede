/** Plans a webhook: its title, its events, and whether its ID is known. */
import { UNKNOWN } from "../../terraform-plugin";
import type { PlanContext } from "../resource-handlers";
import type { ProductFacts, WebhookViews } from "./webhook-adapter";
import { allEvents, defaultTitle } from "./webhook-input";

/** If another webhook already has the new URL, the apply adopts it, and the ID changes. */
export function hasNewUrl({ prior, draft }: PlanContext<WebhookViews>): boolean {
  return prior !== null && draft.webhook_url !== prior.webhook_url;
}

export async function planWebhook(facts: ProductFacts, context: PlanContext<WebhookViews>): Promise<void> {
  const { config, draft, changed, api, report } = context;
  const { integration_id: integrationId, additional_events: additionalEvents } = draft;
  if (config.title === null) draft.title = integrationId === UNKNOWN ? UNKNOWN : defaultTitle(integrationId);
  // If one element is unknown, so is the whole set: the element may be an event that is required anyway.
  const isKnown = additionalEvents !== UNKNOWN && !additionalEvents.some((event: unknown) => event === UNKNOWN);
  draft.events = isKnown ? allEvents(facts, additionalEvents) : UNKNOWN;
  if (!changed || draft.events === UNKNOWN) return;
  // A failure to reach the server does not fail the plan: the apply checks again and reports the reason.
  const unsupported = await facts.checkServer?.(api, draft.events).catch(() => undefined);
  if (unsupported !== undefined) report.add(unsupported);
}
