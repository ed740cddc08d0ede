/** The default configuration: a Space, an integration in it, and a webhook in each of two repositories. */
import { credentialArguments, integrationReferences, repositoryFields, type Fields, type Product } from "../../tools/harness";

export const SPACE = "bitlift_space.payments";

/** The environment variable that contains the token that Spacelift receives. */
export const TOKEN_VARIABLE = "PAYMENTS_BITBUCKET_TOKEN";
export const TOKEN = "atlassian-token-of-the-service-user";

export const defaultCredential = (product: Product): Fields => credentialArguments(product, TOKEN_VARIABLE);

/** Arguments that replace or extend the default ones. */
export interface Changes {
  readonly integration?: object;
  readonly space?: object;
  readonly webhook?: object;
  /** Null removes the block, so that a replacement destroys first. */
  readonly lifecycle?: object | null;
}

/** Arguments of each resource, by type and name. */
export type Resources = Record<string, Record<string, unknown>>;

export function configuration(product: Product, changes: Changes = {}): { readonly resource: Resources } {
  const lifecycle = changes.lifecycle === null ? {} : { lifecycle: changes.lifecycle ?? { create_before_destroy: true } };
  const webhook = (repository: string) => ({
    ...repositoryFields(product, repository),
    ...integrationReferences(product.INTEGRATION),
    ...changes.webhook,
    ...lifecycle,
  });
  const payments = { name: "Payments", space_id: "${bitlift_space.payments.id}", ...defaultCredential(product) };
  return {
    resource: {
      bitlift_space: { payments: { name: "Payments", ...changes.space } },
      [product.integration]: { payments: { ...payments, ...changes.integration, ...lifecycle } },
      [product.webhook]: { infrastructure: webhook("infrastructure"), networking: webhook("networking") },
    },
  };
}

/** The default configuration without its webhooks. */
export function configurationWithoutWebhooks(product: Product, integration: object = {}): { readonly resource: Resources } {
  const { [product.webhook]: _, ...resource } = configuration(product, { integration }).resource;
  return { resource };
}
