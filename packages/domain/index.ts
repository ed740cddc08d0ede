/** Re-exports only: the package's public interface. */
export { BITBUCKET_CLOUD_EVENTS, type BitbucketCloudEvent } from "./bitbucket-cloud-events";
export { BITBUCKET_DATACENTER_EVENTS, type BitbucketDatacenterEvent, unsupportedEvents } from "./bitbucket-datacenter-events";
export { CATALOG, type DiagnosticCode, error, problem, warning } from "./catalog";
export {
  areExactlyOneForm,
  camelCase,
  type CamelCase,
  completeCredentials,
  type CredentialForm,
  type CompleteCredential,
  describeForms,
  INTEGRATION_CREDENTIALS,
  PROVIDER_LOGINS,
} from "./credential-forms";
export { codePage, FILE_GUIDE, ISSUES_URL } from "./documentation";
export { durationIn } from "./durations";
export { EXPLANATIONS } from "./explanations";
export { fingerprint, isFingerprint } from "./fingerprint";
export { emailFault, isEmailAddress, userNameFault } from "./login-names";
export { gitTokenKind, type GitTokenKind } from "./git-user-names";
export { apiHostFinding, goesThroughAgents, HOST_FINDING_CODES, type HostFinding, userFacingHostFinding } from "./hosts";
export {
  bracedUuid,
  formatCloudWebhookImportId,
  formatDatacenterWebhookImportId,
  parseCloudWebhookImportId,
  parseDatacenterWebhookImportId,
} from "./identifiers";
export { containsSecret, isSecretBackendArgument } from "./literal-secrets";
export { REPOSITORY_NAME_FORMATS, type RepositoryNameFormat } from "./repository-names";
export { REPOSITORY_ROLES, type RepositoryRole } from "./repository-roles";
export {
  certainSlug,
  descriptionFault,
  haveSameSlug,
  integrationNameFault,
  integrationSlug,
  labelsFault,
  lineFault,
  markerFault,
  spaceNameFault,
} from "./names";
export { REQUIRED_BITBUCKET_CLOUD_EVENTS, REQUIRED_BITBUCKET_DATACENTER_EVENTS } from "./required-events";
export { mostSimilar } from "./similar-names";
export { hasWildcard, isSlugPattern, matchesSlug, slugExpression } from "./slug-patterns";
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
