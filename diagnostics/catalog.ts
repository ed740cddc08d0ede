/** Every diagnostic that a person can meet: code and summary, one line each. The source of docs/diagnostics.md. */
export const CATALOG = {
  // Configuration of the provider
  "spacelift-not-configured": "Spacelift is not configured",
  "spacelift-credentials-mixed": "More than one Spacelift credential is configured",
  "bitbucket-cloud-not-configured": "Bitbucket Cloud is not configured",
  "bitbucket-datacenter-not-configured": "Bitbucket Data Center is not configured",
  "bitbucket-credentials-mixed": "More than one Bitbucket credential is configured",
  "provider-setting-invalid": "A provider setting cannot be used",
  "provider-configuration-unknown": "The provider configuration is not known yet",
  "provider-not-configured": "The provider has not been configured",

  // Values and arguments
  "value-not-allowed": "The value is not allowed",
  "value-missing": "A required value is missing",
  "value-unusual": "The value is not in the published list",
  "number-not-exact": "The number cannot be kept exactly",
  "write-only-not-supported": "This engine has no write-only arguments",
  "argument-deprecated": "The argument is deprecated",
  "import-id-invalid": "The import id has the wrong form",
  "resource-cannot-move": "State of another resource type cannot be taken over",
  "state-not-readable": "The stored state cannot be read",

  // Spacelift: credentials of an integration
  "credential-form": "An integration needs exactly one credential form",
  "credential-environment-unset": "The environment variable with the credential is not set",
  "credential-environment-unseen": "A new token could not be looked for",
  "credential-is-the-providers": "The credential of the provider is used for the integration",
  "app-password-retired": "Bitbucket Cloud app passwords no longer work",

  // Spacelift: integrations
  "default-outside-root": "A default integration belongs to the root Space",
  "second-default": "There is a default integration already",
  "name-taken": "The name of the integration is taken",
  "integration-hidden": "The integration cannot be read with this key",
  "integration-not-found": "The integration does not exist",
  "integration-url-changed": "The webhook URL is not the one that was planned",
  "integration-look-failed": "Spacelift could not be asked for the existing integration",
  "integration-created-with-gaps": "The integration was created, but not everything about it could be read",
  "integration-input-unknown": "Spacelift's input for integrations has an unknown form",
  "integration-generation-missing": "This Spacelift server has no such mutation",
  "integration-in-use": "Stacks or modules use the integration",
  "integration-detaches": "Stacks and modules lose their source",
  "integration-detached": "Stacks and modules have lost their source",
  "integration-usage-unknown": "It is not known who uses the integration",
  "replacement-would-fail": "The replacement was not started",
  "host-not-encrypted": "The address of the Bitbucket server is not encrypted",
  "host-not-for-people": "People cannot open the user-facing address of Bitbucket",
  "host-with-rest-path": "The address of the Bitbucket server has a path of its REST API",

  // Spacelift: Spaces
  "space-name-taken": "A Space of this name exists already",
  "space-not-empty": "The Space is not empty",
  "space-not-found": "The Space does not exist",
  "space-ambiguous": "The name of the Space is not unique",
  "space-cycle": "A Space cannot be its own ancestor",

  // Bitbucket: webhooks
  "webhook-secret-missing": "The webhook secret is not visible",
  "webhook-secret-changed": "The webhook secret is not the one that was planned",
  "webhook-adopted": "A webhook with this URL existed and was adopted",
  "webhook-exists": "A webhook with this URL exists already",
  "webhook-duplicates": "Several webhooks have this URL",
  "webhook-delete-kept": "The webhook was kept for another address",
  "webhook-removal": "Deliveries to Spacelift stop for a repository",
  "webhook-not-found": "The webhook does not exist",
  "server-changed": "The Bitbucket server is not the one of the state",
  "webhook-of-project": "A webhook of the project delivers to the same address",
  "webhook-of-project-unseen": "Webhooks of the project could not be looked for",
  "event-too-new": "The Bitbucket server is too old for an event",
  "repository-not-found": "The repository is gone or invisible",
  "repository-renamed": "The repository has another name now",

  // Remote systems
  "remote-unreachable": "The remote system could not be reached",
  "remote-answer-unusable": "The answer of the remote system cannot be used",
  "remote-refused": "The remote system refused the request",
  "remote-unauthenticated": "The credential was refused",
  "remote-not-permitted": "The credential may not do this",
  "remote-redirect": "The remote system redirects the request",
  "remote-rate-limited": "The remote system's rate limit is used up",
  "remote-cancelled": "The request was cancelled",

  // Constructs
  "secret-literal": "A secret is written into the configuration",
  "token-not-allowed": "The value must be known at synthesis",
  "duplicate-integration-name": "Two integrations have the same name",
  "duplicate-default": "Two default integrations of one product",
  "duplicate-repository": "A repository is declared twice",
  "integration-not-available": "The integration cannot be used in this Space",
  "plugin-missing": "The provider plugin is not built",
  "plugin-mirror-disabled": "The engine will not find the provider plugin",
  "other-provider-locked": "Another provider is in the stack",
  "source-without-webhook": "Nothing tells Spacelift of pushes to a repository",
  "lock-file-unreadable": "The dependency lock file cannot be changed",
  "configuration-invalid": "The configuration of the app is wrong",

  // Engine and machine
  "node-too-old": "Node.js is too old",
  "engine-missing": "No engine was found",
  "engine-too-old": "The engine is too old",

  // The program itself
  internal: "Bitlift made a mistake",
} as const satisfies Record<string, string>;

/** Stable name of a diagnostic. */
export type DiagnosticCode = keyof typeof CATALOG;
