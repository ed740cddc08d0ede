/** The webhooks that the addresses of one plan have in the state or declare: which webhooks are managed, and which are declared twice. */
import type { BitbucketProduct } from "../../domain";
import type { RepositoryRef } from "../../clients";
import { repositoryAndUrlKey, webhookKey } from "./webhook-keys";

export class PlannedWebhooks {
  /** Webhooks in the state of any address. */
  readonly #managed = new Set<string>();
  /** Webhooks in the state of an address that keeps them. */
  readonly #kept = new Map<string, RepositoryRef>();
  /** Declarations, by repository and URL. */
  readonly #declared = new Map<string, RepositoryRef>();

  /** Called for every read, update and delete. */
  manage(product: BitbucketProduct, id: string | null): void {
    if (id !== null) this.#managed.add(webhookKey(product, id));
  }

  isManaged(product: BitbucketProduct, id: string): boolean {
    return this.#managed.has(webhookKey(product, id));
  }

  /** If an address keeps this webhook: its repository, by the name that the address uses. */
  keptBy(product: BitbucketProduct, id: string): RepositoryRef | undefined {
    return this.#kept.get(webhookKey(product, id));
  }

  /** Called for an address that keeps its webhook. If another address keeps the same one, returns the repository, by the name that the other one uses. */
  keep(product: BitbucketProduct, id: string, repository: RepositoryRef): RepositoryRef | undefined {
    return recordFirst(this.#kept, webhookKey(product, id), repository);
  }

  /** Called for every create and update. If another address declares the same repository and URL, returns the repository, by the name that it uses. */
  declare(product: BitbucketProduct, repository: RepositoryRef, url: string): RepositoryRef | undefined {
    return recordFirst(this.#declared, repositoryAndUrlKey(product, repository, url), repository);
  }
}

/** Returns the value that the key had before. */
function recordFirst<T>(map: Map<string, T>, key: string, value: T): T | undefined {
  const earlier = map.get(key);
  if (earlier === undefined) map.set(key, value);
  return earlier;
}
