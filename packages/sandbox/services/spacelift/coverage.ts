// What the sandbox emulates of Spacelift, and how certain each point is. The page coverage.md is generated from this list.
import { type Coverage, row } from "../../core/coverage-row";

type Row = Parameters<typeof row>;

const TRANSPORT: readonly Row[] = [
  ["graphql", "documented", "status 200 for errors too, with errors[].message"],
  ["graphql", "recorded", "accepts empty parentheses and anonymous operations; returns exactly the selected keys"],
  ["graphql", "assumed", "who can read the GraphQL schema: switch introspection"],
  ["apiKeyUser", "recorded", "the only operation without a token; the token has one audience, the account's base URL"],
  ["apiKeyUser", "assumed", "null for a wrong secret and for an unknown key"],
  ["apiKeyUser", "documented", "Unix seconds; the lifetime is not documented: switch token-lifetime", "validUntil"],
  ["viewer", "recorded", "id and name"],
  ["viewer", "assumed", "switch viewer-admin-field", "admin"],
];

const SPACES: readonly Row[] = [
  ["spaces", "recorded", "only what the key can read"],
  ["space", "recorded", "null if the Space does not exist or the key cannot read it: switch absent"],
  ["space", "recorded", "an id, not an object; null for root", "parentSpace"],
  ["searchSpaces", "documented", "pages; the available predicates are assumed"],
  ["spaceCreate", "recorded", "the id consists of a slug and a ULID; null labels mean no labels"],
  ["spaceCreate", "documented", "root admins only"],
  ["spaceUpdate", "recorded", "replaces the whole object"],
  ["spaceUpdate", "assumed", "rejected if a stack or module would lose access to its integration"],
  ["spaceDelete", "documented", "only for empty Spaces; never for root and legacy"],
];

const LISTS: readonly Row[] = [
  ["vcsIntegrations", "documented", "the default integration for every key, others for readers of their Space"],
  ["vcsIntegration", "documented", "by provider and id, with the fields of the list"],
  ["searchVCSIntegrations", "documented", "pages; the available predicates are assumed"],
  ["attachableVCSIntegrationsForProviderInSpace", "documented", "integrations that the Space inherits, and the default integration"],
  ["vcsIntegrationTest", "assumed", "the text for a failed connection", "status"],
  ["integrationsCount", "documented", "counts of the two products; 0 for all others except agent pools"],
  ["repositories", "documented", "repositories and branches that the credential can read on the emulated Bitbucket"],
  ["branches", "documented", "repositories and branches that the credential can read on the emulated Bitbucket"],
];

/** The rows that both products share. */
const integration = (name: string, address: string): readonly Row[] => [
  [`${name}Integration`, "recorded", "null or an empty id means the default integration; the log marks such a request emptyId"],
  [`${name}Integration`, "assumed", "the response to a key without admin rights: switch hidden; for an unknown id: switch absent"],
  [
    `${name}Integration`,
    "documented",
    "64 hex digits, created by the server; missing on older servers: switch webhook-secret-field",
    "webhookSecret",
  ],
  [`${name}Integration`, "documented", "contains the account and the slug; for a default integration: switch default-url", address],
  [`${name}Integration`, "recorded", "missing on older servers: switch use-git-checkout-field", "useGitCheckout"],
  [`${name}IntegrationDelete`, "documented", "never rejected; stacks and modules that use the integration are detached"],
  [`${name}IntegrationTest`, "assumed", "OK, or an error with the reason"],
  [
    `${name}IntegrationRegenerateWebhookSecret`,
    "documented",
    "creates a new secret; that the old one becomes invalid immediately is assumed",
  ],
  [`${name}WebhooksEndpoint`, "assumed", "the webhook address of the account, without a slug"],
];

const INTEGRATIONS: readonly Row[] = [
  ...integration("bitbucketCloud", "webhookUrl"),
  ["bitbucketCloudIntegration", "recorded", "only for integrations with an app password", "username"],
  [
    "bitbucketCloudIntegration",
    "recorded",
    "only for integrations with an API token; missing on older servers: switch email-field",
    "email",
  ],
  [
    "bitbucketCloudIntegrationCreate",
    "documented",
    "user name and app password; without customInput it creates the default integration (assumed)",
  ],
  ["bitbucketCloudIntegrationCreateV2", "documented", "email and apiToken"],
  ["bitbucketCloudIntegrationCreateV2", "assumed", "where all other fields go: switches v2-input, space-field, type-names", "input"],
  ["bitbucketCloudIntegrationCreateV2", "assumed", "false by default", "input.useGitCheckout"],
  ["bitbucketCloudIntegrationUpdate", "documented", "a null app password keeps the stored one"],
  ["bitbucketCloudIntegrationUpdateV2", "documented", "email and apiToken; both are optional (assumed)"],
  ["bitbucketCloudIntegrationUpdateV2", "assumed", "null or [] clears the labels: switch labels-null", "input.labels"],
  ["bitbucketCloudIntegrationUpdateV2", "assumed", "an empty text clears the description: switch description-empty", "input.description"],
  ...integration("bitbucketDatacenter", "webhookURL"),
  ["bitbucketDatacenterIntegrationCreate", "recorded", "never calls Bitbucket; hosts are stored unchanged"],
  [
    "bitbucketDatacenterIntegrationTest",
    "documented",
    "private:// hosts need an agent pool with that name; the text of the error is assumed",
  ],
  ["bitbucketDatacenterIntegrationUpdate", "recorded", "a null token keeps the stored one"],
  ["bitbucketDatacenterIntegrationUpdate", "assumed", "an empty token replaces the stored one: switch empty-token"],
  ["slug", "documented", "spaces and case are documented; that all other characters become one hyphen is assumed"],
  ["names", "assumed", "a name with an existing slug and a second default integration are rejected; the texts are assumed"],
  ["default integration", "documented", "usable in every Space; can only be in root"],
  ["roles", "assumed", "an admin of a Space can manage its integrations: switch space-admin"],
];

const STACKS: readonly Row[] = [
  ["stacks", "documented", "only what the key can read"],
  ["stack", "recorded", "all fields that the published provider selects"],
  ["stack", "documented", "missing on older servers: switch vcs-detached-field", "vcsDetached"],
  ["stack", "recorded", "null if detached", "vcsIntegration"],
  ["searchStacks", "recorded", "pages of 50; no predicates for integration, provider and namespace"],
  ["searchStacksSuggestions", "documented", "the types of the fields are assumed"],
  ["stackCreate", "recorded", "null means the default integration, whose id is stored", "input.vcsIntegrationId"],
  ["stackCreate", "documented", "an integration to which the Space has no access is rejected; the text is assumed"],
  ["stackUpdate", "recorded", "null clears description, labels and project root"],
  ["stackDelete", "recorded", "false, because the stack is deleted immediately; Spacelift may take a while", "deleting"],
  ["modules", "documented", "only what the key can read"],
  ["module", "recorded", "all fields that the published provider selects"],
  ["searchModules", "recorded", "like searchStacks"],
  ["searchModulesSuggestions", "documented", "the types of the fields are assumed"],
  ["moduleCreate", "recorded", "the name of the repository provides name and Terraform provider"],
  ["moduleCreate", "assumed", "terraform-<provider>-<name>", "id"],
  ["moduleUpdate", "documented", "cannot change the source"],
  ["moduleUpdateV2", "recorded", "flat input; requires the repository"],
  ["moduleShare", "recorded", "replaces all shares"],
  ["moduleDelete", "recorded", "deletes immediately"],
  ["runTrigger", "documented", "rejected for a detached stack; the run is only recorded"],
  ["runTrigger", "assumed", "for writers of the stack's Space; the run stays QUEUED", "state"],
];

const AGENT_POOLS: readonly Row[] = [
  ["vcsAgentPools", "recorded", "root admins only (assumed)"],
  ["vcsAgentPool", "recorded", "null if the pool does not exist: switch absent"],
  ["vcsAgentPoolCreate", "recorded", "only in this response", "config"],
  ["vcsAgentPoolUpdate", "recorded", "changes name and description"],
  ["vcsAgentPoolDelete", "recorded", "does not check whether an integration uses the pool"],
];

const DELIVERIES: readonly Row[] = [
  ["delivery", "documented", "POST to the webhook address of an integration, for both products"],
  ["delivery", "assumed", "X-Hub-Signature contains sha256= and the HMAC of the raw body; 401 if it is invalid"],
  ["delivery", "documented", "Data Center: a missing signature is 401"],
  ["delivery", "assumed", "Cloud: a missing signature is 401: switch unsigned"],
  ["delivery", "assumed", "404 for an unknown address; diagnostics:ping needs no signature and starts no run"],
  [
    "delivery",
    "documented",
    "repo:push and repo:refs_changed start a tracked run on the stack's branch and a proposed run on other branches",
  ],
  ["delivery", "assumed", "one run per stack, type and commit; pull-request events are only recorded"],
  ["delivery", "documented", "Data Center: the namespace is the project key, compared without case"],
];

export const SPACELIFT_COVERAGE: readonly Coverage[] = [TRANSPORT, SPACES, LISTS, INTEGRATIONS, STACKS, AGENT_POOLS, DELIVERIES]
  .flat()
  .map((columns) => row(...columns));
