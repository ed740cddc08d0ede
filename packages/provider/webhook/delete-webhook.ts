/** Plans the delete of a webhook, and deletes the webhook unless another resource address has adopted it. */
import type { Diagnostic } from "../../diagnostics";
import { VCS_PROVIDERS, warning, type BitbucketProduct } from "../../domain";
import type { Log } from "../../terraform-plugin";
import { withLock, type RepositoryRef } from "../../clients";
import type { Clients } from "../configuration/clients";
import { MOVE_ADVICE } from "../existing-object";
import { failureMessage } from "../failure-message";
import { listConsumers } from "../integration/consumers";
import type { OperationContext } from "../resource-handlers";
import { findByName, removeFromRepository, repositoryName } from "./renamed-repository";
import { isNamedByUuid } from "./repository-uuid";
import { refuseServerChange } from "./server-change";
import type { StoredWebhook, ProductFacts } from "./webhook-adapter";
import { toRepository } from "./webhook-input";
import { repositoryAndUrlKey, webhookKey } from "./webhook-keys";
import { repositoryIdIn } from "./webhook-private-state";

export async function planWebhookDelete(facts: ProductFacts, prior: StoredWebhook, { api, report, log }: OperationContext): Promise<void> {
  api.knownWebhooks.planned.manage(facts.product, prior.id);
  const diagnostic = await warnOfRemoval(api, facts, prior, log);
  if (diagnostic !== undefined) report.add(diagnostic);
}

/** Names the stacks and modules that no longer receive deliveries. Never fails the plan. */
export async function warnOfRemoval(
  api: Clients,
  { product }: ProductFacts,
  prior: StoredWebhook,
  log: Log,
): Promise<Diagnostic | undefined> {
  const target = await nameBySlugs(api, product, toRepository(prior), log);
  const name = repositoryName(target);
  try {
    const onRepository = await api.look("spacelift", () =>
      api.spacelift.usage.ofRepository(VCS_PROVIDERS[product], target.namespace, target.repository),
    );
    const affected = onRepository.filter((consumer) => consumer.integrationId === prior.integration_id);
    if (affected.length === 0) return undefined;
    return warning("webhook-removal", {
      why: `Without this webhook, pushes and pull requests in ${name} no longer reach ${listConsumers(affected)} through the integration ${prior.integration_id ?? ""}.`,
      fix: "Keep the webhook, or attach the stacks and modules to an integration that has a webhook in this repository.",
    });
  } catch (failure) {
    return warning("integration-usage-unknown", {
      why: `Could not read which stacks and modules use ${name}: ${failureMessage(failure)}`,
      fix: `In Spacelift, check which stacks and modules read ${name} before you apply. They no longer learn about pushes.`,
    });
  }
}

/** Spacelift knows the slugs of a repository that the state names by its UUID. */
async function nameBySlugs(api: Clients, product: BitbucketProduct, target: RepositoryRef, log: Log): Promise<RepositoryRef> {
  if (!isNamedByUuid(target)) return target;
  const found = await findByName(api, product, target, log);
  return found === null ? target : { namespace: found.namespace, repository: found.slug };
}

export async function deleteWebhook(facts: ProductFacts, prior: StoredWebhook, context: OperationContext): Promise<void> {
  const { api } = context;
  const target = { ...toRepository(prior), id: repositoryIdIn(context.privateState) };
  refuseServerChange(context.privateState, facts.serverUrl?.(api), target);
  const webhook = { id: prior.id ?? "", url: prior.webhook_url ?? "" };
  await withLock(repositoryAndUrlKey(facts.product, target, webhook.url), () =>
    withLock(webhookKey(facts.product, webhook.id), () => removeWebhook(facts, target, webhook, context)),
  );
}

/** The caller holds both locks of the webhook. */
async function removeWebhook(
  { product }: ProductFacts,
  target: RepositoryRef,
  webhook: { readonly id: string; readonly url: string },
  { api, report, log }: OperationContext,
): Promise<void> {
  const key = webhookKey(product, webhook.id);
  if (api.knownWebhooks.claimed.has(key)) {
    report.add(
      warning("webhook-delete-skipped", {
        why: `During this apply, another address, or the new half of a replacement, adopted the webhook ${webhook.id} in ${repositoryName(target)}, so it was not deleted.`,
        fix: `No action is required. The next time that an address changes, ${MOVE_ADVICE}.`,
      }),
    );
    return;
  }
  const result = await removeFromRepository(api, product, target, webhook, log).catch((failure: unknown) => {
    api.knownWebhooks.undeleted.add(key);
    throw failure;
  });
  if (result === "removed") api.knownWebhooks.removed.add(key);
  if (result === "repository-absent") {
    report.add(
      warning("repository-not-found", {
        why: `${repositoryName(target)} does not exist, or the credential cannot see it; Bitbucket does not report which. The webhook ${webhook.id} was removed from the state.`,
        fix: `If the repository still exists, delete the webhook for ${webhook.url} in its settings. Otherwise, no action is required.`,
      }),
    );
  }
}
