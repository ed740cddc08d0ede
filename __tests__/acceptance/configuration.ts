/** The usual configuration: a Space, an integration in it, and a webhook in each of two repositories. */
import { credentialOf, repositoryOf, wiredTo, type Product } from "./product";

export const SPACE = "bitlift_space.payments";

export interface Changes {
  readonly integration?: object;
  readonly space?: object;
  readonly webhook?: object;
  /** Null: none, so that a replacement destroys first. */
  readonly lifecycle?: object | null;
}

/** By type and name. */
export type Resources = Record<string, Record<string, unknown>>;

export function configuration(product: Product, changes: Changes = {}): { readonly resource: Resources } {
  const lifecycle = changes.lifecycle === null ? {} : { lifecycle: changes.lifecycle ?? { create_before_destroy: true } };
  const webhook = (repository: string) => ({
    ...repositoryOf(product, repository),
    ...wiredTo(product.INTEGRATION),
    ...changes.webhook,
    ...lifecycle,
  });
  return {
    resource: {
      bitlift_space: { payments: { name: "Payments", ...changes.space } },
      [product.integration]: {
        payments: {
          name: "Payments",
          space_id: "${bitlift_space.payments.id}",
          ...credentialOf(product),
          ...changes.integration,
          ...lifecycle,
        },
      },
      [product.webhook]: { infrastructure: webhook("infrastructure"), networking: webhook("networking") },
    },
  };
}

/** The usual configuration without its webhooks. */
export function onlyIntegration(product: Product, integration: object = {}): { readonly resource: Resources } {
  const { [product.webhook]: _, ...resource } = configuration(product, { integration }).resource;
  return { resource };
}
