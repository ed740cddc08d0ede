/** One webhook per repository and URL: look, then create, correct or adopt; after a lost answer, look again. */
import { Problem, problem, warning } from "../diagnostics";
import type { Log, Report } from "../tfplugin";
import type { CloudWebhook, CloudWebhookInput, RepositoryRef } from "../api/bitbucket-cloud/webhooks";
import { mayStillRun } from "../api/retry";
import { blaming } from "./argument-at-fault";
import type { Clients } from "./clients";

/** What shall be there afterwards. */
export interface Placement {
  readonly target: RepositoryRef;
  readonly input: CloudWebhookInput;
  readonly secret: string;
  /** Whether a webhook of somebody else with this URL may be taken over. */
  readonly adopt: boolean;
  /** The webhook of the state: `moves` when its URL changes. Undefined for a create. */
  readonly own: { readonly uuid: string; readonly moves: boolean } | undefined;
  readonly report: Report;
  readonly log: Log;
}

/**
 * Makes it so. The caller holds the turn for this repository and URL.
 * @throws Problem `webhook-exists` when another one is there and may not be adopted, or not now; what Bitbucket refuses.
 */
export async function placeWebhook(api: Clients, placement: Placement): Promise<CloudWebhook> {
  const { target, input, secret, own } = placement;
  const { webhooks } = api.bitbucketCloud;
  const hooks = await blaming({ "repository-not-found": "repository" }, () => webhooks.list(target, { fresh: true }));
  const mine = hooks.find((hook) => hook.uuid === own?.uuid);
  const others = hooks.filter((hook) => hook.url === input.url && hook !== mine);
  if (mine !== undefined && (own?.moves !== true || others.length === 0)) {
    return claim(api, await webhooks.replace(target, mine.uuid, input, secret, mine.carried));
  }
  const [existing] = others;
  if (existing === undefined) return claim(api, await createOnce(api, placement, hooks));
  refuseUndeleted(api, placement, existing);
  nameOthers(placement, existing, others);
  // Before the correction: should it fail, a delete under the old address must not take the webhook all the same.
  api.claimedWebhooks.add(existing.uuid);
  const adopted = await webhooks.replace(target, existing.uuid, input, secret, existing.carried);
  if (mine !== undefined) await webhooks.remove(target, mine.uuid);
  return adopted;
}

function claim(api: Clients, hook: CloudWebhook): CloudWebhook {
  api.claimedWebhooks.add(hook.uuid);
  return hook;
}

/** Two addresses in the state with one webhook: the delete of the old one, done again by the next apply, would take it from the new one. */
function refuseUndeleted(api: Clients, { target, input }: Placement, existing: CloudWebhook): void {
  if (!api.undeletedWebhooks.has(existing.uuid)) return;
  throw problem("webhook-exists", {
    why: `${target.workspace}/${target.repository} has a webhook for ${input.url} still: ${existing.uuid}, whose delete under another address has just failed.`,
    fix: "Apply again: the delete is repeated, and this address gets its webhook. A moved block tells the engine next time that an address has changed.",
  });
}

function nameOthers({ target, input, adopt, report }: Placement, existing: CloudWebhook, all: readonly CloudWebhook[]): void {
  const where = `${target.workspace}/${target.repository}`;
  const named = `"${existing.description}" ${existing.uuid}`;
  if (!adopt) {
    throw problem("webhook-exists", {
      why: `${where} has a webhook for ${input.url} already: ${named}.`,
      fix: `Import it: terraform import <address> ${where}/${existing.uuid}. Or allow adopt_existing, or delete it in Bitbucket.`,
      at: ["adopt_existing"],
    });
  }
  report.add(
    warning("webhook-adopted", {
      why: `${where} had a webhook for ${input.url} already: ${named}. It was corrected and belongs to this configuration now.`,
      fix: "Nothing needs to be done, unless another configuration manages it too.",
    }),
  );
  const duplicates = all.filter((hook) => hook !== existing);
  if (duplicates.length === 0) return;
  report.add(
    warning("webhook-duplicates", {
      why: `${where} has ${String(duplicates.length)} more for ${input.url}: ${duplicates.map((hook) => `"${hook.description}" ${hook.uuid}`).join(", ")}. Each event is delivered once per webhook.`,
      fix: "Delete the others in Bitbucket.",
    }),
  );
}

/** A create whose answer was lost may have happened: what is there now and was not before is ours. */
async function createOnce(api: Clients, { target, input, secret, log }: Placement, before: readonly CloudWebhook[]): Promise<CloudWebhook> {
  const { webhooks } = api.bitbucketCloud;
  try {
    return await webhooks.create(target, input, secret);
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.execution !== "unknown") throw failure;
    log.warn("the answer to a create was lost; looking for the webhook", { workspace: target.workspace, repository: target.repository });
    const known = new Set(before.map((hook) => hook.uuid));
    const made = (await webhooks.list(target, { fresh: true })).find((hook) => hook.url === input.url && !known.has(hook.uuid));
    if (made !== undefined) return made;
    // The next apply looks again, and adopts what has come into being by then.
    if (mayStillRun(failure)) throw failure;
    return webhooks.create(target, input, secret);
  }
}
