/** Creates and updates a webhook: the secret from Spacelift, the checks, the write, and what the private state records. */
import { Problem } from "../../diagnostics";
import { withLock, type Webhook } from "../../clients";
import type { OperationContext } from "../resource-handlers";
import { ensureWebhook, type WebhookRequest } from "./ensure-webhook";
import { findByName } from "./renamed-repository";
import { rejectUuid } from "./repository-uuid";
import { refuseServerChange } from "./server-change";
import type { AppliedWebhook, PlannedWebhook, StoredWebhook, ProductFacts } from "./webhook-adapter";
import { hasRemoteChange, toRepository, toWebhookInput } from "./webhook-input";
import { repositoryAndUrlKey } from "./webhook-keys";
import { recordOrigin } from "./webhook-private-state";
import { plannedSecret } from "./webhook-secret";

export async function createWebhook(facts: ProductFacts, plan: PlannedWebhook, context: OperationContext): Promise<AppliedWebhook> {
  const target = toRepository(plan);
  const rejected = await rejectUuid(facts, target, context.api, context.log);
  if (rejected !== undefined) throw new Problem(rejected, { kind: "bad-input", execution: "no" });
  const secret = await plannedSecret(context.api, facts.product, plan.integration_id, plan.secret_fingerprint);
  const input = toWebhookInput(facts, plan);
  const request = { target, input, secret, adopt: plan.adopt_existing, current: undefined };
  const { id } = await writeWebhook(facts, request, context);
  return { id, title: input.title, events: input.events };
}

export async function updateWebhook(
  facts: ProductFacts,
  prior: StoredWebhook,
  plan: PlannedWebhook,
  context: OperationContext,
): Promise<AppliedWebhook> {
  const { api } = context;
  const target = toRepository(plan);
  const input = toWebhookInput(facts, plan);
  const { title, events } = input;
  const current = { id: prior.id ?? "", hasNewUrl: prior.webhook_url !== plan.webhook_url };
  if (!hasRemoteChange(prior, plan, input)) return { id: current.id, title, events };
  refuseServerChange(context.privateState, facts.serverUrl?.(api), target);
  const secret = await plannedSecret(api, facts.product, plan.integration_id, plan.secret_fingerprint);
  const { id } = await writeWebhook(facts, { target, input, secret, adopt: plan.adopt_existing, current }, context);
  return { id, title, events };
}

type WriteRequest = Omit<WebhookRequest, "product" | "report" | "log">;

async function writeWebhook(facts: ProductFacts, request: WriteRequest, context: OperationContext): Promise<Webhook> {
  const { api, report, log } = context;
  const { target, input } = request;
  const unsupported = await facts.checkServer?.(api, input.events);
  if (unsupported !== undefined) throw new Problem(unsupported, { kind: "bad-input", execution: "no" });
  const webhook = await withLock(repositoryAndUrlKey(facts.product, target, input.url), () =>
    ensureWebhook(api, { ...request, product: facts.product, report, log }),
  );
  const repositoryId = webhook.repositoryId ?? (await findByName(api, facts.product, target, log))?.id ?? null;
  recordOrigin(context.privateState, repositoryId, facts.serverUrl?.(api));
  return webhook;
}
