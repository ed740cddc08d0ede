/** Creates and updates a webhook: the secret from Spacelift, the checks, the write, and what the private state records. */
import { Problem } from "../../diagnostics";
import { withLock, type Webhook } from "../../clients";
import type { OperationContext } from "../resource-handlers";
import { ensureWebhook, type WebhookRequest } from "./ensure-webhook";
import { readRepositoryId } from "./renamed-repository";
import { refuseServerChange } from "./server-change";
import type { AppliedWebhook, PlannedWebhook, StoredWebhook, WebhookProduct } from "./webhook-adapter";
import { hasRemoteChange, toRepository, toWebhookInput } from "./webhook-input";
import { addressKey } from "./webhook-keys";
import { recordOrigin } from "./webhook-private-state";
import { plannedSecret } from "./webhook-secret";

export async function createWebhook(product: WebhookProduct, plan: PlannedWebhook, context: OperationContext): Promise<AppliedWebhook> {
  const secret = await plannedSecret(context.api, product.product, plan.integration_id, plan.secret_fingerprint);
  const input = toWebhookInput(product, plan);
  const request = { target: toRepository(plan), input, secret, adopt: plan.adopt_existing, current: undefined };
  const { id } = await writeWebhook(product, request, context);
  return { id, title: input.title, events: input.events };
}

export async function updateWebhook(
  product: WebhookProduct,
  prior: StoredWebhook,
  plan: PlannedWebhook,
  context: OperationContext,
): Promise<AppliedWebhook> {
  const { api } = context;
  const target = toRepository(plan);
  const input = toWebhookInput(product, plan);
  const { title, events } = input;
  const current = { id: prior.id ?? "", hasNewUrl: prior.webhook_url !== plan.webhook_url };
  if (!hasRemoteChange(prior, plan, input)) return { id: current.id, title, events };
  refuseServerChange(context.private, product.serverUrl?.(api), target);
  const secret = await plannedSecret(api, product.product, plan.integration_id, plan.secret_fingerprint);
  const { id } = await writeWebhook(product, { target, input, secret, adopt: plan.adopt_existing, current }, context);
  return { id, title, events };
}

type WriteRequest = Omit<WebhookRequest, "product" | "report" | "log">;

async function writeWebhook(product: WebhookProduct, request: WriteRequest, context: OperationContext): Promise<Webhook> {
  const { api, report, log } = context;
  const { target, input } = request;
  const unsupported = await product.checkServer?.(api, input.events);
  if (unsupported !== undefined) throw new Problem(unsupported, { kind: "bad-input", execution: "no" });
  const webhook = await withLock(addressKey(product.product, target, input.url), () =>
    ensureWebhook(api, { ...request, product: product.product, report, log }),
  );
  const repositoryId = webhook.repositoryId ?? (await readRepositoryId(api, product.product, target, log));
  recordOrigin(context.private, repositoryId, product.serverUrl?.(api));
  return webhook;
}
