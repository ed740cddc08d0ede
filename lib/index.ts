/** The public surface: constructs, and the types of their props. Re-exports only. */
export type { Availability } from "./rules/availability";
export {
  BitbucketCloudIntegration,
  type BitbucketCloudCredential,
  type BitbucketCloudIntegrationProps,
} from "./bitbucket-cloud-integration";
export { BitbucketDatacenterIntegration, type BitbucketDatacenterIntegrationProps } from "./bitbucket-datacenter-integration";
export {
  BitliftProvider,
  type BitbucketCloudLogin,
  type BitbucketDatacenterLogin,
  type BitliftProviderProps,
  type SpaceliftLogin,
} from "./bitlift-provider";
export { Credential, type CredentialSource, type VariableCredentialOptions } from "./credential";
export type { IntegrationProps } from "./declared-integration";
export type { ExistingIntegrationOptions } from "./existing-integration";
export {
  BitbucketIntegrationBase,
  type AddRepositoriesOfOptions,
  type AddRepositoryOptions,
  type IBitbucketIntegration,
  type ReplacementOrder,
  type StackSource,
  type StackSourceOptions,
} from "./integration";
export { NamespaceWebhooks, type NamespaceWebhooksOptions, type NamespaceWebhooksProps } from "./namespace-webhooks";
/** For apps: an error that says what happened, why, and what to do; and its text. */
export { refusal, refusalText } from "./refusal";
export { CloudRepository, DatacenterRepository, type IRepository } from "./repository";
export { RepositoryWebhook, type RepositoryWebhookOptions, type RepositoryWebhookProps } from "./repository-webhook";
export { Space, type ISpace, type SpaceProps } from "./space";
export { WebhookEvent } from "./webhook-event";
/** The generated classes, one per Terraform type, for what the constructs do not cover. */
export * as bindings from "./bindings";
