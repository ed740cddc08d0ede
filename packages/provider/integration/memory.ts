/** What this process knows of integrations: the reason why a replacement under the same name shows no new URL. */

/** The part of an integration that its name decides. */
export interface KnownIntegration {
  readonly id: string;
  readonly webhookUrl: string | null;
  readonly isDefault: boolean;
}

/**
 * `(product, name) -> integration`, for one account and one process. The engine plans the create half of a replacement with a null
 * prior state, and again during apply; here is what the other half said. Configuring the provider starts with an empty one.
 */
export class IntegrationMemory {
  readonly #byName = new Map<string, KnownIntegration>();
  readonly #managed = new Set<string>();
  readonly #looks = new Map<string, Promise<KnownIntegration | null>>();

  /** A prior state that was read as existing, planned, or deleted in this process. */
  remember(product: string, name: string, integration: KnownIntegration): void {
    this.#byName.set(key(product, name), integration);
    this.#managed.add(key(product, integration.id));
  }

  /** Read found that the object does not exist: its name promises nothing any more. */
  forget(product: string, name: string): void {
    this.#byName.delete(key(product, name));
  }

  recall(product: string, name: string): KnownIntegration | undefined {
    return this.#byName.get(key(product, name));
  }

  /** True when an object of this id belongs to the configuration that this process works on. */
  manages(product: string, id: string): boolean {
    return this.#managed.has(key(product, id));
  }

  /** One look per name and process, however often the engine plans. A failed one is not kept. */
  once(product: string, name: string, look: () => Promise<KnownIntegration | null>): Promise<KnownIntegration | null> {
    const earlier = this.#looks.get(key(product, name));
    if (earlier !== undefined) return earlier;
    const started = look();
    this.#looks.set(key(product, name), started);
    started.catch(() => this.#looks.delete(key(product, name)));
    return started;
  }
}

function key(product: string, name: string): string {
  return `${product}\n${name}`;
}
