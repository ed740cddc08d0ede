/** A repository that is not where the state says: its id tells what it is called now, and its webhook goes with it. */
import { failedAs, type Diagnostic } from "../../diagnostics";
import { warning, type BitbucketProduct } from "../../domain";
import type { Log, Report } from "../../terraform-plugin";
import type { Repository, RepositoryRef, RepositoryWebhooks, Webhook } from "../../clients";
import type { Clients } from "../configuration/clients";
import { textOf } from "../integration/usage";

/** The repository's webhooks; undefined, with a warning, when the repository is gone, invisible, or has another name. */
export async function listOrExplain(
  api: Clients,
  product: BitbucketProduct,
  known: RepositoryRef,
  report: Report,
  log: Log,
): Promise<readonly Webhook[] | undefined> {
  const { webhooks } = api.bitbucket(product);
  const { id: _id, ...target } = known;
  try {
    return await webhooks.list(target);
  } catch (failure) {
    if (!failedAs(failure, "gone")) throw failure;
    const moved = await whereNow(api, product, known, log);
    report.add(
      moved === null
        ? warning("repository-not-found", {
            why: `${failure.diagnostic.why} The state of its webhook is kept.`,
            fix: `If ${nameOf(target)} was deleted, remove its webhook from the configuration. If it is there, give the credential access to it.`,
          })
        : renamed(target, `${moved.namespace}/${moved.slug}`),
    );
    return undefined;
  }
}

/**
 * Removes a webhook, also where its repository is found by its id only. Servers count their repositories and webhooks each for itself: there it
 * has to have the known URL too.
 * @throws Problem when it may not
 */
export async function removeWherever(
  api: Clients,
  product: BitbucketProduct,
  known: RepositoryRef,
  webhook: { readonly id: string; readonly url: string },
  log: Log,
): ReturnType<RepositoryWebhooks["remove"]> {
  const { webhooks } = api.bitbucket(product);
  const removed = await webhooks.remove(known, webhook.id);
  const now = removed === "repository-absent" ? await whereNow(api, product, known, log) : null;
  if (now === null) return removed;
  const moved: RepositoryRef = { namespace: now.namespace, repository: now.slug, id: now.id };
  const found = (await webhooks.list(moved, { fresh: true })).find(({ id, scope }) => id === webhook.id && scope === "repository");
  if (found === undefined) return "absent";
  return found.url === webhook.url ? webhooks.remove(moved, webhook.id) : removed;
}

/** The repository that has the known id; null where nothing is known, or nothing is found. */
async function whereNow(api: Clients, product: BitbucketProduct, { id, ...last }: RepositoryRef, log: Log): Promise<Repository | null> {
  if (id === undefined) return null;
  try {
    return await api.bitbucket(product).repositories.byId(id, last);
  } catch (failure) {
    if (failedAs(failure, "cancelled")) throw failure;
    // Who may see one repository only, may not look for it elsewhere either: that is no reason to stop.
    log.warn("whether the repository has another name could not be found out", { repository: nameOf(last), reason: textOf(failure) });
    return null;
  }
}

export function renamed(target: RepositoryRef, now: string): Diagnostic {
  return warning("repository-renamed", {
    why: `${nameOf(target)} is ${now} now. The state of its webhook is kept.`,
    fix: "Write the new name in the configuration. Its webhook goes with it: the apply finds it by its URL.",
  });
}

export function nameOf({ namespace, repository }: RepositoryRef): string {
  return `${namespace}/${repository}`;
}
