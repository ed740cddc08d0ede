/** One webhook per repository and URL: look, then create, correct or adopt; after a lost answer, look again. */
import { Problem } from "../../diagnostics";
import { problem, warning, type BitbucketProduct } from "../../domain";
import type { Log, Report } from "../../terraform-plugin";
import { withLock, type RepositoryRef, type Webhook, type WebhookInput, mayStillRun } from "../../clients";
import { withAttributePath } from "../attribute-path";
import type { Clients } from "../configuration/clients";

/** What shall be there afterwards. */
export interface Placement {
  readonly product: BitbucketProduct;
  readonly target: RepositoryRef;
  readonly input: WebhookInput;
  readonly secret: string;
  /** Whether a webhook of somebody else with this URL may be taken over. */
  readonly adopt: boolean;
  /** The webhook of the state: `moves` when its URL changes. Undefined for a create. */
  readonly own: { readonly id: string; readonly moves: boolean } | undefined;
  readonly report: Report;
  readonly log: Log;
}

/**
 * Makes it so. The caller holds the turn for this repository and URL.
 * @throws Problem `webhook-exists` when another one is there and may not be adopted, or not now; `webhook-not-found` when its own is gone and
 * the plan did not expect another id; what Bitbucket refuses.
 */
export async function placeWebhook(api: Clients, placement: Placement): Promise<Webhook> {
  const { product, target, input, secret, own, report } = placement;
  const { webhooks } = api.bitbucket(product);
  const all = await withAttributePath({ "repository-not-found": "repository" }, () => webhooks.list(target, { fresh: true }));
  if (webhooks.inherits?.(target) === "unseen") sayUnseen(api, placement);
  nameProjectWebhooks(all, target, input.url, report);
  const hooks = all.filter((hook) => hook.scope === "repository");
  const mine = hooks.find((hook) => hook.id === own?.id);
  if (own?.moves === false && mine === undefined) throw vanished(target, own.id);
  const others = hooks.filter((hook) => hook.url === input.url && hook !== mine);
  for (const existing of mine !== undefined && own?.moves !== true ? [] : others) {
    const adopted = await withLock(keyOfWebhook(product, existing.id), () => adopt(api, placement, existing, others));
    if (adopted === undefined) continue;
    if (mine !== undefined) await webhooks.remove(target, mine.id);
    return adopted;
  }
  if (mine !== undefined) return claim(api, product, await webhooks.replace(target, mine.id, input, secret, mine.carried));
  return claim(api, product, await createOnce(api, placement, hooks));
}

/** Its id is a promise of the plan, so another webhook cannot take its place without a new plan. */
function vanished({ namespace, repository }: RepositoryRef, id: string): Problem {
  return problem("webhook-not-found", {
    why: `${namespace}/${repository} has no webhook ${id} any more: it was deleted after this plan was made.`,
    fix: "Plan again, and apply that: the webhook is made anew.",
  });
}

/** Undefined when a delete under another address was faster: the list showed what is not there any more. */
async function adopt(api: Clients, placement: Placement, existing: Webhook, all: readonly Webhook[]): Promise<Webhook | undefined> {
  const { product, target, input, secret } = placement;
  const left = all.filter((hook) => !api.removedWebhooks.has(keyOfWebhook(product, hook.id)));
  if (!left.includes(existing)) return undefined;
  refuseUndeleted(api, placement, existing);
  nameOthers(placement, existing, left);
  // Before the correction: should it fail, a delete under the old address must not take the webhook all the same.
  api.claimedWebhooks.add(keyOfWebhook(product, existing.id));
  return api.bitbucket(product).webhooks.replace(target, existing.id, input, secret, existing.carried);
}

/** For creating and deleting under one address; the products' paths do not tell upper from lower case. */
export function turnOfAddress(product: BitbucketProduct, { namespace, repository }: RepositoryRef, url: string): string {
  return `${product} ${`${namespace}/${repository}`.toLowerCase()} ${url}`;
}

/**
 * One webhook among those of both products, in what a process remembers of them, and as the turn for adopting and deleting it: a repository
 * that was renamed has two addresses, and both may be at work.
 */
export function keyOfWebhook(product: BitbucketProduct, id: string): string {
  return `${product} ${id}`;
}

function claim(api: Clients, product: BitbucketProduct, hook: Webhook): Webhook {
  api.claimedWebhooks.add(keyOfWebhook(product, hook.id));
  return hook;
}

/** Two addresses in the state with one webhook: the delete of the old one, done again by the next apply, would take it from the new one. */
function refuseUndeleted(api: Clients, { product, target, input }: Placement, existing: Webhook): void {
  if (!api.undeletedWebhooks.has(keyOfWebhook(product, existing.id))) return;
  throw problem("webhook-exists", {
    why: `${target.namespace}/${target.repository} has a webhook for ${input.url} still: ${existing.id}, whose delete under another address has just failed.`,
    fix: "Apply again: the delete is repeated, and this address gets its webhook. A moved block tells the engine next time that an address has changed.",
  });
}

function nameOthers({ target, input, adopt, report }: Placement, existing: Webhook, all: readonly Webhook[]): void {
  const where = `${target.namespace}/${target.repository}`;
  const named = `"${existing.title}" ${existing.id}`;
  if (!adopt) {
    throw problem("webhook-exists", {
      why: `${where} has a webhook for ${input.url} already: ${named}.`,
      fix: `Import it: terraform import <address> ${where}/${existing.id}. Or allow adopt_existing, or delete it in Bitbucket.`,
      at: ["adopt_existing"],
    });
  }
  report.add(
    warning("webhook-adopted", {
      why: `${where} had a webhook for ${input.url} already: ${named}. It was corrected and belongs to this configuration now.`,
      fix: "Nothing needs to be done, unless another address or configuration manages it too: then each takes it from the other, and one of the two has to go.",
    }),
  );
  const duplicates = all.filter((hook) => hook !== existing);
  if (duplicates.length === 0) return;
  report.add(
    warning("webhook-duplicates", {
      why: `${where} has ${String(duplicates.length)} more for ${input.url}: ${duplicates.map((hook) => `"${hook.title}" ${hook.id}`).join(", ")}. Each event is delivered once per webhook.`,
      fix: "Delete the others in Bitbucket.",
    }),
  );
}

/** A create whose answer was lost may have happened: what is there now and was not before is ours. */
async function createOnce(api: Clients, { product, target, input, secret, log }: Placement, before: readonly Webhook[]): Promise<Webhook> {
  const { webhooks } = api.bitbucket(product);
  try {
    return await webhooks.create(target, input, secret);
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.execution !== "unknown") throw failure;
    log.warn("the answer to a create was lost; looking for the webhook", { namespace: target.namespace, repository: target.repository });
    const known = new Set(before.map((hook) => hook.id));
    const made = (await webhooks.list(target, { fresh: true })).find(
      (hook) => hook.scope === "repository" && hook.url === input.url && !known.has(hook.id),
    );
    if (made !== undefined) return made;
    // The next apply looks again, and adopts what has come into being by then.
    if (mayStillRun(failure)) throw failure;
    return webhooks.create(target, input, secret);
  }
}

/** A webhook of the project fires for every repository in it, so each event arrives twice. It is not ours: it is only named. */
export function nameProjectWebhooks(hooks: readonly Webhook[], target: RepositoryRef, url: string, report: Report): void {
  const same = hooks.filter((hook) => hook.scope === "project" && hook.active && hook.url === url);
  if (same.length === 0) return;
  report.add(
    warning("webhook-of-project", {
      why: `The project ${target.namespace} has a webhook for ${url} itself: ${same.map((hook) => `"${hook.title}" ${hook.id}`).join(", ")}. It fires for ${target.repository} too, so each event arrives twice.`,
      fix: "Delete the one of the project in Bitbucket, or take the repositories of this project out of the configuration.",
    }),
  );
}

/** Said once, for whatever repository comes first: mostly it is a property of the server. */
function sayUnseen(api: Clients, { target, report }: Placement): void {
  if (api.said.has("webhook-of-project-not-checked")) return;
  api.said.add("webhook-of-project-not-checked");
  report.add(
    warning("webhook-of-project-not-checked", {
      why: `Bitbucket does not tell this login which webhooks of a project fire for its repositories, so it was not checked whether ${target.namespace} has one for the same URL.`,
      fix: "Look into the webhooks of the project in Bitbucket: one with this URL would deliver each event twice. Servers from 8.0 on can be asked, by who may administer the repository.",
    }),
  );
}
