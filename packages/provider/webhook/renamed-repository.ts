/** A renamed repository: its ID leads to the new name, and its webhooks move with it. */
import { failedAs, type Diagnostic } from "../../diagnostics";
import { warning, type BitbucketProduct } from "../../domain";
import type { Log, Report } from "../../terraform-plugin";
import type { Repository, RepositoryRef, RepositoryWebhooks, Webhook } from "../../clients";
import type { Clients } from "../configuration/clients";
import { failureMessage } from "../failure-message";

export function repositoryName({ namespace, repository }: RepositoryRef): string {
  return `${namespace}/${repository}`;
}

/** The repository's webhooks. Undefined, with a warning, if the repository does not exist, is not visible, or was renamed. */
export async function listWebhooks(
  api: Clients,
  product: BitbucketProduct,
  known: RepositoryRef,
  report: Report,
  log: Log,
): Promise<readonly Webhook[] | undefined> {
  const target = { namespace: known.namespace, repository: known.repository };
  try {
    return await api.bitbucket(product).webhooks.list(target);
  } catch (failure) {
    if (!failedAs(failure, "gone")) throw failure;
    const current = await findById(api, product, known, log);
    if (current !== null) report.add(repositoryRenamed(target, `${current.namespace}/${current.slug}`));
    else {
      report.add(
        warning("repository-not-found", {
          why: `${failure.diagnostic.why} The state of its webhook is kept.`,
          fix: `If ${repositoryName(target)} was deleted, remove its webhook from the configuration. If it exists, give the credential access to it.`,
        }),
      );
    }
    return undefined;
  }
}

/**
 * Removes a webhook, even if the repository was renamed. Each server numbers its repositories and webhooks separately, so under a new name the
 * webhook must also have the known URL.
 * @throws Problem if the credential does not allow it
 */
export async function removeFromRepository(
  api: Clients,
  product: BitbucketProduct,
  known: RepositoryRef,
  webhook: { readonly id: string; readonly url: string },
  log: Log,
): ReturnType<RepositoryWebhooks["remove"]> {
  const { webhooks } = api.bitbucket(product);
  const result = await webhooks.remove(known, webhook.id);
  const current = result === "repository-absent" ? await findById(api, product, known, log) : null;
  if (current === null) return result;
  const target: RepositoryRef = { namespace: current.namespace, repository: current.slug, id: current.id };
  const found = (await webhooks.list(target, { fresh: true })).find(({ id, scope }) => id === webhook.id && scope === "repository");
  if (found === undefined) return "absent";
  return found.url === webhook.url ? webhooks.remove(target, webhook.id) : result;
}

/** The repository with the known ID; null if no ID is known or no repository has it. */
async function findById(api: Clients, product: BitbucketProduct, { id, ...last }: RepositoryRef, log: Log): Promise<Repository | null> {
  if (id === undefined) return null;
  try {
    return await api.bitbucket(product).repositories.byId(id, last);
  } catch (failure) {
    if (failedAs(failure, "canceled")) throw failure;
    // A credential for a single repository cannot look up others. That does not fail the operation.
    log.warn("could not check whether the repository was renamed", { repository: repositoryName(last), reason: failureMessage(failure) });
    return null;
  }
}

/** The ID of a repository whose webhooks do not include it. Only a later rename needs the ID, so a failure does not fail the operation. */
export async function readRepositoryId(api: Clients, product: BitbucketProduct, target: RepositoryRef, log: Log): Promise<string | null> {
  try {
    return (await api.bitbucket(product).repositories.byName(target))?.id ?? null;
  } catch (failure) {
    log.warn("could not read the ID of a repository", { repository: repositoryName(target), reason: failureMessage(failure) });
    return null;
  }
}

/** Bitbucket redirects requests for an old name. An argument may also be a UUID in braces, which never equals a name. */
export function warnIfRenamed(target: RepositoryRef, currentName: string | null, report: Report): void {
  const name = repositoryName(target);
  if (currentName !== null && !name.includes("{") && currentName.toLowerCase() !== name.toLowerCase())
    report.add(repositoryRenamed(target, currentName));
}

function repositoryRenamed(target: RepositoryRef, currentName: string): Diagnostic {
  return warning("repository-renamed", {
    why: `${repositoryName(target)} is now named ${currentName}. The state of its webhook is kept.`,
    fix: "Set the new name in the configuration. The apply finds the webhook by its URL and keeps it.",
  });
}
