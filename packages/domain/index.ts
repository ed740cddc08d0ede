/** Re-exports only: the package's public interface. */
export {
  type Backing,
  BACKINGS,
  EVENTS_REJECTED_BY_PUBLISHED,
  isTriggerName,
  PUBLISHED_LOGIN_VARIABLES,
  triggerAddress,
  triggerName,
} from "./backing";
export { BITBUCKET_CLOUD_EVENTS, type BitbucketCloudEvent } from "./bitbucket-cloud-events";
export { BITBUCKET_DATACENTER_EVENTS, type BitbucketDatacenterEvent, unsupportedEvents } from "./bitbucket-datacenter-events";
export { CONTEXT_KEYS, contextKeyFaults } from "./context-keys";
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
export { apiHostFinding, containsLogin, goesThroughAgents, HOST_FINDING_CODES, type HostFinding, userFacingHostFinding } from "./hosts";
export {
  bracedUuid,
  formatCloudWebhookImportId,
  formatDatacenterWebhookImportId,
  parseCloudWebhookImportId,
  parseDatacenterWebhookImportId,
} from "./identifiers";
export { containsSecret, isSecretBackendArgument } from "./literal-secrets";
export {
  isNamespace,
  isRepositorySlug,
  namespaceCause,
  REPOSITORY_NAME_FORMATS,
  repositoryCause,
  type RepositoryNameFormat,
} from "./repository-names";
export { ownType, PUBLISHED_TYPES, publishedType, type PublishedType, type TypeWithPublished } from "./published-types";
export { parsedUrl } from "./parsed-url";
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
export { hasWildcard, isSlugPattern, matchesSlug, slugExpression, slugPatternFix } from "./slug-patterns";
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
export { inputVariableFault, isVariableName, VARIABLE_NAME_FORM } from "./variables";
export {
  type PublishedIntegrationFacts,
  publishedIntegrations,
  type PublishedLoginFacts,
  publishedLogins,
  type PublishedWebhookFacts,
  publishedWebhooks,
} from "./rules/backing";
export { backendFaults } from "./rules/backends";
export { certificateFault, privateKeyFault } from "./rules/certificates";
export { credentialForms, mixedLogins, type LoginFacts } from "./rules/credentials";
export { loginInAddress, unusableHosts, unusableServerUrls, type HostFacts, type ServerFacts } from "./rules/hosts";
export { defaultsOutsideRoot, duplicateDefaults, duplicateIntegrationNames, type IntegrationFacts } from "./rules/integrations";
export {
  EVENTS_OF,
  eventsOfOtherProduct,
  type FilterFacts,
  otherProduct,
  productOfEvent,
  projectsInProjects,
  rolesOfOtherProduct,
  type SubscriptionFacts,
} from "./rules/products";
export {
  duplicateRepositories,
  overlappingSets,
  repositoriesInSets,
  type RepositoryFacts,
  repositoryPath,
  selectsRepository,
  type SetFacts,
} from "./rules/repositories";
export { duplicateSpaceNames, spaceCycles, type SpaceFacts } from "./rules/spaces";
export { type TextFacts, unusableSpaceTexts, unusableTexts } from "./rules/texts";
export { duplicates, type Setting, type Violation, type Words } from "./rules/violation";
