/** Ensures one webhook per repository and URL: looks it up, then creates, corrects, or adopts it; looks it up again after a lost response. */
import type { Problem } from "../../diagnostics";
import { fingerprint, problem, type BitbucketProduct } from "../../domain";
import type { Log, Report } from "../../terraform-plugin";
import { withLock, type RepositoryRef, type Webhook, type WebhookInput, mayStillRun } from "../../clients";
import { withAttributePath } from "../attribute-path";
import type { Clients } from "../configuration/clients";
import { createOnce } from "../create-once";
import { MOVE_ADVICE } from "../existing-object";
import { adoptionNotAllowed, adoptionNotice, declaredTwice, duplicatesWarning } from "./adoption";
import { reportProjectWebhooks, warnOfUncheckedProject } from "./project-webhooks";
import { repositoryName } from "./renamed-repository";
import { webhookKey } from "./webhook-keys";
import { reportWorkspaceWebhooks } from "./workspace-webhooks";

/** The webhook that must exist afterwards. */
export interface WebhookRequest {
  readonly product: BitbucketProduct;
  readonly target: RepositoryRef;
  readonly input: WebhookInput;
  readonly secret: string;
  /** Whether an existing webhook with this URL that is not in the state may be adopted. */
  readonly adopt: boolean;
  /** The webhook in the state; undefined for a create. */
  readonly current: { readonly id: string; readonly hasNewUrl: boolean } | undefined;
  readonly report: Report;
  readonly log: Log;
}

/**
 * The caller holds the lock of the repository and URL.
 * @throws Problem `webhook-exists` if another webhook has the URL and must not be adopted; `webhook-not-found` if the current webhook was
 * deleted and the plan did not expect another ID; and for every request that Bitbucket rejects
 */
export async function ensureWebhook(api: Clients, request: WebhookRequest): Promise<Webhook> {
  const { product, target, input, secret, current, report } = request;
  const { webhooks } = api.bitbucket(product);
  const listed = await withAttributePath({ "repository-not-found": "repository" }, () => webhooks.list(target, { fresh: true }));
  if (webhooks.projectWebhooks?.(target) === "unseen") warnOfUncheckedProject(api, target, report);
  reportProjectWebhooks(listed, target, input.url, report);
  const existing = listed.filter((webhook) => webhook.scope === "repository");
  const own = existing.find((webhook) => webhook.id === current?.id);
  if (current?.hasNewUrl === false && own === undefined) throw deletedSincePlan(target, current.id);
  if (own === undefined || current?.hasNewUrl === true) {
    await reportWorkspaceWebhooks(product, target, input.url, { ...request, api });
    const adopted = await adoptFirst(
      api,
      request,
      existing.filter((webhook) => webhook.url === input.url && webhook !== own),
    );
    if (adopted !== undefined) {
      if (own !== undefined) await webhooks.remove(target, own.id);
      return adopted;
    }
  }
  const written =
    own === undefined
      ? await createWebhookOnce(api, request, existing)
      : await webhooks.replace(target, own.id, input, secret, own.passthrough);
  api.knownWebhooks.claimed.add(webhookKey(product, written.id));
  return written;
}

/** The plan showed the webhook's ID as known, so only a new plan can lead to a webhook with another ID. */
function deletedSincePlan(target: RepositoryRef, id: string): Problem {
  return problem("webhook-not-found", {
    why: `${repositoryName(target)} no longer has the webhook ${id}: it was deleted after this plan was made.`,
    fix: "Plan again and apply the new plan, which creates the webhook again.",
  });
}

/** Adopts the first webhook that still exists; undefined if none does. */
async function adoptFirst(api: Clients, request: WebhookRequest, candidates: readonly Webhook[]): Promise<Webhook | undefined> {
  for (const webhook of candidates) {
    const adopted = await withLock(webhookKey(request.product, webhook.id), () => adopt(api, request, webhook, candidates));
    if (adopted !== undefined) return adopted;
  }
  return undefined;
}

/** Undefined if a delete under another resource address has removed the webhook since it was listed. */
async function adopt(
  api: Clients,
  request: WebhookRequest,
  webhook: Webhook,
  candidates: readonly Webhook[],
): Promise<Webhook | undefined> {
  const { product, target, input, secret } = request;
  const remaining = candidates.filter(({ id }) => !api.knownWebhooks.removed.has(webhookKey(product, id)));
  if (!remaining.includes(webhook)) return undefined;
  refuseUndeleted(api, request, webhook);
  if (!request.adopt) throw problem("webhook-exists", adoptionNotAllowed(target, input.url, webhook));
  reportAdoption(api, request, webhook, remaining);
  // Claimed before the correction: if that fails, a delete under the old address must still not remove the webhook.
  api.knownWebhooks.claimed.add(webhookKey(product, webhook.id));
  return api.bitbucket(product).webhooks.replace(target, webhook.id, input, secret, webhook.passthrough);
}

/** Without this check, two addresses in the state would have one webhook, and the next apply would remove it when it repeats the delete of the old address. */
function refuseUndeleted(api: Clients, { product, target, input }: WebhookRequest, { id }: Webhook): void {
  if (!api.knownWebhooks.undeleted.has(webhookKey(product, id))) return;
  throw problem("webhook-exists", {
    why: `${repositoryName(target)} still has the webhook ${id} for ${input.url}, because deleting it under another address has just failed.`,
    fix: `Apply again: this repeats the delete, and creates the webhook for this address. The next time that an address changes, ${MOVE_ADVICE}.`,
  });
}

/** A webhook that this process has created or adopted belongs to another address of the same apply. */
function reportAdoption(api: Clients, request: WebhookRequest, webhook: Webhook, candidates: readonly Webhook[]): void {
  const { product, target, input, secret, report } = request;
  const wanted = { ...input, secretFingerprint: fingerprint(secret) };
  const isClaimed = api.knownWebhooks.claimed.has(webhookKey(product, webhook.id));
  report.add(isClaimed ? declaredTwice(target, input.url, target) : adoptionNotice(target, webhook, wanted));
  const duplicates = candidates.filter((candidate) => candidate !== webhook);
  if (duplicates.length > 0) report.add(duplicatesWarning(target, input.url, duplicates));
}

/** If the response is lost, a webhook with the URL that was not listed before is the one that the lost request created. */
function createWebhookOnce(
  api: Clients,
  { product, target, input, secret, log }: WebhookRequest,
  listedBefore: readonly Webhook[],
): Promise<Webhook> {
  const { webhooks } = api.bitbucket(product);
  return createOnce({
    create: () => webhooks.create(target, input, secret),
    onLostResponse() {
      const { namespace, repository } = target;
      log.warn("the response to a create was lost; looking up the webhook", { namespace, repository });
    },
    async lookUp() {
      const knownIds = new Set(listedBefore.map(({ id }) => id));
      const listed = await webhooks.list(target, { fresh: true });
      return listed.find(({ id, scope, url }) => scope === "repository" && url === input.url && !knownIds.has(id));
    },
    // The next apply looks up the webhook again, and adopts it.
    mayRetry: (failure) => !mayStillRun(failure),
  });
}
