/** The product's diagnostic codes, each with its summary. docs/diagnostics.md is generated from this catalog and those of the plugin runtime and the engine. */
import { defineCatalog, type Catalog, type CodeIn, type CommonCode, type Sections } from "../diagnostics";

const SECTIONS = {
  "Configuration of the provider": {
    "spacelift-not-configured": "Spacelift is not configured",
    "spacelift-credentials-conflict": "More than one Spacelift credential is configured",
    "bitbucket-cloud-not-configured": "Bitbucket Cloud is not configured",
    "bitbucket-datacenter-not-configured": "Bitbucket Data Center is not configured",
    "bitbucket-credentials-conflict": "More than one Bitbucket credential is configured",
    "provider-setting-invalid": "A provider setting is invalid",
    "credential-address-mismatch": "The credential in the environment belongs to another address",
    "address-not-allowed": "The address is not allowed to receive a credential",
    "provider-configuration-unknown": "The provider configuration is not known yet",
  },

  "Spacelift: credentials of an integration": {
    "credential-form": "An integration requires exactly one credential form",
    "credential-variable-not-set": "The environment variable for the credential is not set",
    "credential-change-not-checked": "Could not check for a new token",
    "provider-credential-reused": "The integration uses the provider's own credential",
    "app-password-retired": "Bitbucket Cloud app passwords no longer work",
  },

  "Spacelift: integrations": {
    "default-outside-root": "A default integration must be in the root Space",
    "duplicate-default": "A default integration already exists",
    "duplicate-integration-name": "An integration with this name already exists",
    "integration-not-visible": "The API key cannot read the integration",
    "integration-not-found": "The integration does not exist",
    "integration-url-changed": "The webhook URL differs from the planned one",
    "integration-lookup-failed": "Could not look up the existing integration in Spacelift",
    "integration-created-incomplete": "The integration was created, but some of its attributes could not be read",
    "integration-input-unknown": "Spacelift's GraphQL input for integrations has an unknown form",
    "mutation-not-supported": "This Spacelift server does not support the required mutation",
    "integration-in-use": "Stacks or modules use the integration",
    "consumers-will-be-detached": "Stacks and modules will lose their source",
    "consumers-lose-access": "Stacks or modules lose access to an integration",
    "consumers-detached": "Stacks and modules have lost their source",
    "integration-usage-unknown": "Could not determine which stacks and modules use the integration",
    "replacement-blocked": "The replacement was not started",
    "host-not-encrypted": "The Bitbucket server address is not encrypted",
    "user-facing-host-private": "People cannot open the user-facing address of Bitbucket",
    "host-with-rest-path": "The Bitbucket server address includes a REST API path",
  },

  "Spacelift: Spaces": {
    "duplicate-space-name": "A Space with this name already exists",
    "space-not-empty": "The Space is not empty",
    "space-not-found": "The Space does not exist",
    "space-lookup-failed": "Could not look up the Spaces in Spacelift",
    "space-ambiguous": "The Space name is not unique",
    "space-cycle": "A Space cannot be its own ancestor",
  },

  "Bitbucket: webhooks": {
    "webhook-secret-missing": "The webhook secret is not visible",
    "webhook-secret-changed": "The webhook secret differs from the planned one",
    "webhook-will-be-adopted": "An existing webhook will be adopted",
    "webhook-adopted": "An existing webhook with this URL was adopted",
    "webhook-exists": "A webhook with this URL already exists",
    "webhook-duplicates": "Several webhooks have this URL",
    "webhook-declared-twice": "Two addresses declare the same webhook",
    "webhook-delete-skipped": "The webhook was kept because another resource manages it",
    "webhook-not-unique": "The import ID does not name exactly one webhook",
    "webhook-removal": "Deliveries to Spacelift will stop for a repository",
    "webhook-not-found": "The webhook does not exist",
    "bitbucket-server-changed": "The Bitbucket server differs from the one in the state",
    "webhook-of-project": "A project webhook delivers to the same URL",
    "webhook-of-project-not-checked": "Could not check for project webhooks",
    "webhook-of-workspace": "A workspace webhook delivers to the same URL",
    "webhooks-not-checked": "Could not check for existing webhooks",
    "creates-not-checked": "Not every create was checked",
    "event-not-supported": "The Bitbucket server does not support an event",
    "repository-not-found": "The repository does not exist or is not visible",
    "repository-renamed": "The repository was renamed",
  },

  "Bitbucket: pull requests": {
    "review-target-not-found": "The pull request or commit does not exist or is not visible",
  },

  Imports: {
    "import-incomplete": "The import could not read every argument",
  },

  "Remote systems": {
    "remote-unreachable": "Could not reach the remote system",
    "remote-response-invalid": "The remote system sent an unusable response",
    "remote-request-rejected": "The remote system rejected the request",
    "remote-unauthenticated": "The remote system rejected the credential",
    "remote-permission-denied": "The credential lacks a required permission",
    "remote-redirect": "The remote system redirected the request",
    "remote-rate-limited": "The rate limit of the remote system is exhausted",
  },

  Constructs: {
    "secret-literal": "The configuration contains a literal secret",
    "token-not-allowed": "The value must be known at synthesis",
    "duplicate-repository": "A repository is declared twice",
    "integration-not-available": "The integration is not available in this Space",
    "plugin-missing": "The provider plugin is not built",
    "plugin-mirror-disabled": "The engine will not find the provider plugin",
    "provider-lock-will-fail": "The host framework cannot lock the providers of this stack",
    "source-without-webhook": "No webhook notifies Spacelift of pushes to a repository",
    "lock-file-unreadable": "The dependency lock file cannot be updated",
    "backing-unsupported": "The published providers cannot do this",
    "secrets-stored-in-state": "The published providers store secrets in the state",
    "host-missing": "The host framework is not installed",
    "host-mismatch": "The app belongs to another host framework",
    "package-missing": "A package that the app needs is not installed",
    "configuration-invalid": "The app configuration is invalid",
  },
} as const satisfies Sections;

/** The stable code of one of the product's diagnostics. */
export type DiagnosticCode = CodeIn<typeof SECTIONS> | CommonCode;

// The types are explicit: an inferred type would import its package by name, and the published declarations do not contain that package.
export const CATALOG: Catalog<DiagnosticCode> = defineCatalog(SECTIONS);
export const error: Catalog<DiagnosticCode>["error"] = CATALOG.error;
export const warning: Catalog<DiagnosticCode>["warning"] = CATALOG.warning;
export const problem: Catalog<DiagnosticCode>["problem"] = CATALOG.problem;
