/** Re-exports only: the package's public interface. */
export { BitbucketCloud, type CloudCredentials } from "./bitbucket/cloud/client";
export { BitbucketPipelines, PIPELINES_PROXY } from "./bitbucket/cloud/pipelines";
export { BitbucketDatacenter, type DatacenterCredentials } from "./bitbucket/datacenter/client";
export type * from "./bitbucket/pull-requests";
export type {
  Repositories,
  Repository,
  RepositoryRef,
  RepositoryWebhooks,
  SecretState,
  Webhook,
  WebhookInput,
} from "./bitbucket/repository-webhooks";
export { requireAllowedHost } from "./http/allowed-hosts";
export { ExchangeFailure } from "./http/connection";
export { mayStillRun } from "./http/retry";
export { RequestCache } from "./http/request-cache";
export type { ReceivedResponse, RequestedWait } from "./http/settings";
export { withLock } from "./http/with-lock";
export type { Integration, IntegrationAccess, IntegrationInput, IntegrationListing } from "./spacelift/bitbucket-integrations";
export { Spacelift, type SpaceliftCredentials } from "./spacelift/client";
export { accountOfToken } from "./spacelift/session";
export { type Generation, INTEGRATION_PRODUCTS } from "./spacelift/integration-products";
export type { ListedIntegration } from "./spacelift/integration-listings";
export type { Space, SpaceInput } from "./spacelift/spaces";
export type { AccountUsage, Consumer } from "./spacelift/usage";
