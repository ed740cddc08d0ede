/** A renamed repository: its ID leads to the new name, and its webhooks move with it. */
import { failedAs, Problem, type Diagnostic } from "../../diagnostics";
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
  const { webhooks } = api.bitbucket(product);
  const target = { namespace: known.namespace, repository: known.repository };
  try {
    return await webhooks.list(known);
  } catch (failure) {
    if (!failedAs(failure, "gone")) throw failure;
    const isGoneById = webhooks.addressesById && known.id !== undefined;
    // A new repository may have the name of one that was deleted.
    const renewed = isGoneById ? await webhooks.list(target).catch(() => undefined) : undefined;
    if (renewed !== undefined) return renewed;
    const current = isGoneById ? null : await findById(api, product, known, log);
    report.add(current === null ? repositoryGone(target, failure) : repositoryRenamed(target, `${current.namespace}/${current.slug}`));
    return undefined;
  }
}

function repositoryGone(target: RepositoryRef, failure: Problem): Diagnostic {
  return warning("repository-not-found", {
    why: `${failure.diagnostic.why} The state of its webhook is kept.`,
    fix:
      `If ${repositoryName(target)} was deleted, remove its webhook from the configuration: deleting a webhook of a repository that is gone succeeds with a warning. ` +
      "If the repository exists, give the credential access to it.",
  });
}

/**
 * The repository with the known ID, if it has another name now. Called when the known name leads to a repository without the webhook: on a
 * product that addresses repositories by name only, that name may belong to another repository now.
 */
export async function findRenamed(api: Clients, product: BitbucketProduct, known: RepositoryRef, log: Log): Promise<Repository | null> {
  if (known.id === undefined || api.bitbucket(product).webhooks.addressesById) return null;
  const current = await findById(api, product, known, log);
  return current === null || isNamed(current, known) ? null : current;
}

/**
 * Removes a webhook, even if the repository was renamed, whatever the old name responds. Each server numbers its repositories and webhooks
 * separately, so under a new name the webhook must also have the known URL.
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
  const result = await webhooks.remove(known, webhook.id).catch((failure: unknown) => {
    if (failure instanceof Problem && failure.diagnostic.code === "remote-redirect") return failure;
    throw failure;
  });
  if (result === "removed") return result;
  const current = await findAfterRemoval(api, product, known, result, log);
  if (current === null) {
    if (result instanceof Problem) throw result;
    return result;
  }
  const target: RepositoryRef = { namespace: current.namespace, repository: current.slug, id: current.id };
  const found = (await webhooks.list(target, { fresh: true })).find(({ id, scope }) => id === webhook.id && scope === "repository");
  if (found === undefined) return "absent";
  if (found.url === webhook.url) return webhooks.remove(target, webhook.id);
  return result instanceof Problem ? "absent" : result;
}

/** Where the webhook may be if it was not removed under the known name. */
function findAfterRemoval(
  api: Clients,
  product: BitbucketProduct,
  known: RepositoryRef,
  result: "absent" | "repository-absent" | Problem,
  log: Log,
): Promise<Repository | null> {
  if (result === "absent") return findRenamed(api, product, known, log);
  // A redirect leads to the new name.
  return known.id === undefined && result instanceof Problem ? findByName(api, product, known, log) : findById(api, product, known, log);
}

function isNamed({ namespace, slug }: Repository, name: RepositoryRef): boolean {
  return `${namespace}/${slug}`.toLowerCase() === repositoryName(name).toLowerCase();
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

/** The repository with this name; null if it cannot be read. Only a rename needs it, so a failure does not fail the operation. */
export async function findByName(api: Clients, product: BitbucketProduct, target: RepositoryRef, log: Log): Promise<Repository | null> {
  try {
    return await api.bitbucket(product).repositories.byName(target);
  } catch (failure) {
    if (failedAs(failure, "canceled")) throw failure;
    log.warn("could not look up a repository", { repository: repositoryName(target), reason: failureMessage(failure) });
    return null;
  }
}

/** Bitbucket redirects requests for an old name. An argument may also be a UUID in braces, which never equals a name. */
export function warnIfRenamed(target: RepositoryRef, currentName: string | null, report: Report): void {
  const name = repositoryName(target);
  if (currentName !== null && !name.includes("{") && currentName.toLowerCase() !== name.toLowerCase())
    report.add(repositoryRenamed(target, currentName));
}

export function repositoryRenamed(target: RepositoryRef, currentName: string): Diagnostic {
  return warning("repository-renamed", {
    why: `${repositoryName(target)} is now named ${currentName}. The state of its webhook is kept.`,
    fix: "If the configuration has the old name, set the new one. After the apply, the repository still has one webhook with this URL.",
  });
}
