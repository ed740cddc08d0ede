/** Keys that identify webhooks, for locks and for what a process records about webhooks. */
import type { BitbucketProduct } from "../../domain";
import type { RepositoryRef } from "../../clients";

/** Lock for creating and deleting a webhook by its repository and URL. The products ignore case in the path of a repository. */
export function repositoryAndUrlKey(product: BitbucketProduct, { namespace, repository }: RepositoryRef, url: string): string {
  return `${product} ${`${namespace}/${repository}`.toLowerCase()} ${url}`;
}

/**
 * Lock for adopting and deleting one webhook, and its key in the sets of `KnownWebhooks`. A renamed repository has two names, and operations
 * under both may run at the same time.
 */
export function webhookKey(product: BitbucketProduct, id: string): string {
  return `${product} ${id}`;
}
