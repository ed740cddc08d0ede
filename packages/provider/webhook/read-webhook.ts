/** Reads a webhook from Bitbucket, and detects a different webhook that has the same ID. */
import { gone } from "../../terraform-plugin";
import type { SecretState, Webhook } from "../../clients";
import type { OperationContext } from "../resource-handlers";
import { importedRepositoryNotFound, importIntegrationId, movedIntegrationId } from "./imported-webhook";
import { reportProjectWebhooks } from "./project-webhooks";
import { findByName, findRenamed, listWebhooks, repositoryName, repositoryRenamed, warnIfRenamed } from "./renamed-repository";
import { warnOfServerChange } from "./server-change";
import type { ReadWebhook, StoredWebhook, ProductFacts } from "./webhook-adapter";
import { toRepository } from "./webhook-input";
import { recordOrigin, repositoryIdIn } from "./webhook-private-state";

/** `unreadable`: Bitbucket does not show the repository, so the state keeps all values. */
export async function readWebhook(
  facts: ProductFacts,
  state: StoredWebhook,
  context: OperationContext,
): Promise<ReadWebhook | typeof gone | "unreadable"> {
  const { api, report, log } = context;
  const target = toRepository(state);
  api.knownWebhooks.planned.manage(facts.product, state.id);
  const serverUrl = facts.serverUrl?.(api);
  const serverChange = warnOfServerChange(context.privateState, serverUrl, target);
  if (serverChange !== undefined) report.add(serverChange);
  const knownId = repositoryIdIn(context.privateState);
  const webhooks = await listWebhooks(api, facts.product, { ...target, id: knownId }, report, log);
  if (webhooks === undefined) {
    // After an import the state has no values to keep.
    if (state.webhook_url === null) throw importedRepositoryNotFound(facts.namespaceArgument, target);
    return "unreadable";
  }
  const webhook = webhooks.find((candidate) => candidate.id === state.id && candidate.scope === "repository");
  if (webhook === undefined) {
    const renamed = await findRenamed(api, facts.product, { ...target, id: knownId }, log);
    if (renamed !== null) {
      report.add(repositoryRenamed(target, `${renamed.namespace}/${renamed.slug}`));
      return "unreadable";
    }
    log.info("the webhook no longer exists", { repository: repositoryName(target), webhook: state.id });
    return gone;
  }
  const hasOtherUrl = state.webhook_url !== null && webhook.url !== state.webhook_url;
  const mustReadId = knownId === undefined || hasOtherUrl;
  const repositoryId = webhook.repositoryId ?? (mustReadId ? ((await findByName(api, facts.product, target, log))?.id ?? null) : null);
  const isOtherRepository = knownId !== undefined && repositoryId !== null && repositoryId !== knownId;
  // Each server numbers repositories and webhooks separately: the same ID with another URL belongs to someone else on another server.
  if (hasOtherUrl && (isOtherRepository || serverChange !== undefined)) {
    log.info("the webhook with this ID belongs to a different repository or server", {
      repository: repositoryName(target),
      webhook: state.id,
    });
    return gone;
  }
  recordOrigin(context.privateState, repositoryId, serverUrl);
  warnIfRenamed(target, webhook.repositoryName, report);
  reportProjectWebhooks(webhooks, target, webhook.url, report);
  const integrationId = state.integration_id ?? (await foundIntegrationId(facts, state, webhook, context));
  return toReadWebhook(facts, webhook, { ...state, integration_id: integrationId });
}

/** After an import, the state contains only the identity. After a move from another provider, only the integration is missing. */
function foundIntegrationId(
  { product }: ProductFacts,
  state: StoredWebhook,
  webhook: Webhook,
  context: OperationContext,
): Promise<string | null> {
  if (state.webhook_url === null) return importIntegrationId(product, toRepository(state), webhook, context);
  return movedIntegrationId(product, webhook, context);
}

function toReadWebhook({ requiredEvents }: ProductFacts, webhook: Webhook, state: StoredWebhook): ReadWebhook {
  // Neither the order in which Bitbucket lists the events nor a repeated event is a difference.
  const events = [...new Set(webhook.events)].sort();
  return {
    integration_id: state.integration_id,
    webhook_url: webhook.url,
    secret_fingerprint: readFingerprint(webhook.secret, state.secret_fingerprint),
    // An empty title is not allowed as an argument, and OpenTofu copies it into a generated configuration.
    title: webhook.title === "" ? null : webhook.title,
    additional_events: state.additional_events ?? events.filter((event) => !requiredEvents.includes(event)),
    events,
    active: webhook.active,
    // Some servers do not return this field; then the state keeps the declared value.
    verify_certificate: webhook.verifiesCertificate ?? state.verify_certificate ?? true,
    adopt_existing: state.adopt_existing ?? true,
  };
}

/** A secret that is not set is drift. A different secret is drift if Bitbucket shows its value; otherwise the state keeps its fingerprint. */
function readFingerprint(secret: SecretState, stored: string | null): string | null {
  if (secret.is === "unset") return null;
  return secret.is === "set" && secret.fingerprint !== null ? secret.fingerprint : stored;
}
