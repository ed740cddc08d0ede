/** The public interface: constructs and the types of their props. Re-exports only. */
export {
  BitbucketCloudIntegration,
  type BitbucketCloudCredential,
  type BitbucketCloudIntegrationProps,
} from "./bitbucket-cloud-integration";
export { BitbucketDatacenterIntegration, type BitbucketDatacenterIntegrationProps } from "./bitbucket-datacenter-integration";
export { BitliftProvider, type BitliftProviderProps } from "./bitlift-provider";
export { Credential, type CredentialSource, type VariableCredentialOptions } from "./credential";
export type { IntegrationProps } from "./declared-integration";
export type { ExistingIntegrationOptions } from "./existing-integration";
export {
  BitbucketIntegrationBase,
  type AddRepositoriesOfOptions,
  type AddRepositoryOptions,
  type StackSource,
  type StackSourceOptions,
} from "./integration";
export type { IBitbucketIntegration, ReplacementOrder } from "./integration-reference";
export type { BitbucketCloudLogin, BitbucketDatacenterLogin, SpaceliftLogin, TrustedAuthority } from "./logins";
export { NamespaceWebhooks, type NamespaceWebhooksOptions, type NamespaceWebhooksProps } from "./namespace-webhooks";
export { CloudRepository, DatacenterRepository, type IRepository } from "./repository";
export { RepositoryWebhook, type RepositoryWebhookProps } from "./repository-webhook";
export type { Availability } from "./rules/availability";
export { Space, type SpaceProps } from "./space";
export type { ISpace } from "./space-reference";
/** For apps: an error with cause and fix in its message, and the text of such an error. */
export { validationError, validationErrorText } from "./validation-error";
export { WebhookEvent } from "./webhook-event";
export type { RepositoryWebhookOptions } from "./webhook-options";
/** The generated classes, one per Terraform type, for what the constructs do not cover. */
export * as bindings from "./bindings";
