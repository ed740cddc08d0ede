/** The public interface: constructs and the types of their props. Re-exports only. */
export type {
  Backing,
  BitbucketCloudEvent,
  BitbucketDatacenterEvent,
  BitbucketProduct,
  DiagnosticCode,
  RepositoryRole,
  VcsChecks,
} from "../packages/domain";
export {
  Problem,
  type Cause,
  type Diagnostic,
  type Execution,
  type FailureDetails,
  type FailureKind,
  type Severity,
} from "../packages/diagnostics";
export type { BackingOptions } from "./backing";
export {
  BitbucketCloudIntegration,
  type BitbucketCloudCredential,
  type BitbucketCloudIntegrationProps,
} from "./bitbucket-cloud-integration";
export { BACKING_CONTEXT } from "./published/backing-context";
export { BitbucketDatacenterIntegration, type BitbucketDatacenterIntegrationProps } from "./bitbucket-datacenter-integration";
export { BitliftProvider, type BitliftProviderProps } from "./bitlift-provider";
export { Credential, type VariableCredentialOptions } from "./credential";
export type { CredentialSource } from "./credential-source";
export { DeclaredIntegration, type IntegrationProps } from "./declared-integration";
export type { ExistingIntegrationOptions } from "./existing-integration";
export {
  BitbucketIntegrationBase,
  type AddRepositoriesOfOptions,
  type AddRepositoryOptions,
  type ConstructIdOptions,
  type StackSource,
  type StackSourceOptions,
} from "./integration";
export type { IBitbucketIntegration, ReplacementOrder } from "./integration-reference";
export type { BitbucketCloudLogin, BitbucketDatacenterLogin, SpaceliftLogin, TrustedAuthority } from "./logins";
export {
  NamespaceWebhooks,
  type CloudNamespaceWebhooksOptions,
  type DatacenterNamespaceWebhooksOptions,
  type NamespaceWebhooksConnection,
  type NamespaceWebhooksOptions,
  type NamespaceWebhooksOptionsOf,
  type NamespaceWebhooksProps,
  type RepositoryFilter,
} from "./namespace-webhooks";
export type { RepositoryOf } from "./products";
export { CloudRepository, DatacenterRepository, type IRepository } from "./repository";
export { RepositoryWebhook, type RepositoryWebhookProps, type WebhookConnection } from "./repository-webhook";
export type { DependencyOptions, ResourceOptions } from "./resource-options";
export type { Availability } from "./rules/availability";
export { SpaceliftModule, type SpaceliftModuleProps } from "./spacelift-module";
export type { SourceArguments, SpaceliftSourceProps } from "./spacelift-source";
export { SpaceliftStack, type SpaceliftStackProps } from "./spacelift-stack";
export { Space, type SpaceProps } from "./space";
export type { ISpace } from "./space-reference";
/** For apps: an error with cause and fix in its message, and the text of such an error. */
export { validationError, validationErrorText } from "./validation-error";
export { WebhookEvent } from "./webhook-event";
export type {
  CloudWebhookOptions,
  DatacenterWebhookOptions,
  RepositoryWebhookOptions,
  WebhookOptions,
  WebhookOptionsOf,
} from "./webhook-options";
/** The generated classes, one per Terraform type, for what the constructs do not cover. */
export * as bindings from "./bindings";
