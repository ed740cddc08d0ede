/** Re-exports only: the package's public interface. */
export { BITBUCKET_CLOUD_EVENTS, type BitbucketCloudEvent } from "./bitbucket-cloud-events";
export { BITBUCKET_DATACENTER_EVENTS, type BitbucketDatacenterEvent, unsupportedEvents } from "./bitbucket-datacenter-events";
export { CATALOG, type DiagnosticCode, error, problem, warning } from "./catalog";
export {
  camelCase,
  type CamelCase,
  completeCredentials,
  type CredentialForm,
  type CompleteCredential,
  describeForms,
  INTEGRATION_CREDENTIALS,
  PROVIDER_LOGINS,
} from "./credential-forms";
export { fingerprint } from "./fingerprint";
export { apiHostFinding, goesThroughAgents, HOST_FINDING_CODES, type HostFinding, userFacingHostFinding } from "./hosts";
export {
  bracedUuid,
  formatCloudWebhookImportId,
  formatDatacenterWebhookImportId,
  parseCloudWebhookImportId,
  parseDatacenterWebhookImportId,
} from "./identifiers";
export { REQUIRED_BITBUCKET_CLOUD_EVENTS, REQUIRED_BITBUCKET_DATACENTER_EVENTS } from "./required-events";
export {
  type BitbucketProduct,
  type BitbucketVcsProvider,
  integrationIdInUrl,
  PRODUCT_TITLES,
  ROOT_SPACE_ID,
  VCS_CHECKS,
  VCS_PROVIDERS,
  type VcsChecks,
} from "./spacelift";
export { isVariableName, VARIABLE_NAME_FORM } from "./variables";
