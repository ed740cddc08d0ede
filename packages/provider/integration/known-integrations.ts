/** The integrations that this process has seen, by name. From them, the plan of a replacement under the same name takes the ID and the webhook URL. */
import { RequestCache } from "../../clients";
import type { BitbucketProduct } from "../../domain";
import { ManagedIds } from "../managed-ids";
import { PlannedNames } from "../planned-names";

/** The attributes of an integration that follow from its name. */
export interface KnownIntegration {
  readonly id: string;
  readonly webhookUrl: string | null;
  readonly isDefault: boolean;
}

/** The part of a state that the record uses. After an import, values may be null. */
interface RecordedState {
  readonly id: string | null;
  readonly name: string | null;
  readonly webhook_url: string | null;
  readonly is_default: boolean | null;
}

/**
 * For one account and one process. The engine plans the create half of a replacement with a null prior state, and does so again during apply;
 * the delete half records here what the create half needs. Configuring the provider starts with an empty record.
 */
export class KnownIntegrations {
  /** What the plans of this process give to integrations. */
  readonly planned = { cloud: new PlannedNames(), datacenter: new PlannedNames() };
  /** IDs by product and webhook URL, for imports: many webhooks call one integration. */
  readonly idsByUrl = new RequestCache<string | null>();
  readonly #byName = new Map<string, KnownIntegration>();
  readonly #managedIds = new ManagedIds();
  readonly #lookups = new RequestCache<KnownIntegration | null>();

  /** Records the state of an integration that this process read, planned, created, or is about to delete. */
  record(product: BitbucketProduct, { id, name, webhook_url: webhookUrl, is_default: isDefault }: RecordedState): void {
    if (id === null || name === null || isDefault === null) return;
    this.#byName.set(keyOf(product, name), { id, webhookUrl, isDefault });
    this.#managedIds.add(keyOf(product, id));
  }

  /** Removes an integration that no longer exists, so that nothing is predicted from its name. */
  forget(product: BitbucketProduct, name: string): void {
    this.#byName.delete(keyOf(product, name));
  }

  get(product: BitbucketProduct, name: string): KnownIntegration | undefined {
    return this.#byName.get(keyOf(product, name));
  }

  /** Whether this process has recorded an integration with this ID, or does so in a moment. */
  manages(product: BitbucketProduct, id: string): Promise<boolean> {
    return this.#managedIds.has(keyOf(product, id));
  }

  /** Looks up a name in Spacelift once per process, however often the engine plans. A failed lookup is repeated the next time. */
  lookUpOnce(product: BitbucketProduct, name: string, lookUp: () => Promise<KnownIntegration | null>): Promise<KnownIntegration | null> {
    return this.#lookups.read(keyOf(product, name), lookUp);
  }
}

function keyOf(product: BitbucketProduct, nameOrId: string): string {
  return `${product}\n${nameOrId}`;
}
