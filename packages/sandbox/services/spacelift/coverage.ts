// What the sandbox plays of Spacelift and how certain each point is; sandbox/coverage.md is generated from it.
import { type Coverage, row } from "../../core/coverage-row";

type Row = Parameters<typeof row>;

const TRANSPORT: readonly Row[] = [
  ["graphql", "documented", "status 200 for refusals too, with errors[].message"],
  ["graphql", "recorded", "empty parentheses, anonymous operations, exactly the selected keys"],
  ["graphql", "assumed", "who may ask for the schema: switch introspection"],
  ["apiKeyUser", "recorded", "the only operation without a token; one audience, the account's base URL"],
  ["apiKeyUser", "assumed", "null for a wrong secret as for an unknown key"],
  ["apiKeyUser", "documented", "Unix seconds; how long is not told: switch token-lifetime", "validUntil"],
  ["viewer", "recorded", "id and name"],
  ["viewer", "assumed", "switch viewer-admin-field", "admin"],
];

const SPACES: readonly Row[] = [
  ["spaces", "recorded", "only what the key may read"],
  ["space", "recorded", "null when there is none, or it may not be read: switch absent"],
  ["space", "recorded", "an id, not an object; null for root", "parentSpace"],
  ["searchSpaces", "documented", "pages; which predicates there are is assumed"],
  ["spaceCreate", "recorded", "the id is a slug and a ULID; null labels are none"],
  ["spaceCreate", "documented", "root admins only"],
  ["spaceUpdate", "recorded", "the whole object"],
  ["spaceUpdate", "assumed", "refused when a stack or module would lose its integration"],
  ["spaceDelete", "documented", "only when empty; never root and legacy"],
];

const LISTS: readonly Row[] = [
  ["vcsIntegrations", "documented", "the default for everyone, others for readers of their Space"],
  ["vcsIntegration", "documented", "by provider and id, as lists show it"],
  ["searchVCSIntegrations", "documented", "pages; which predicates there are is assumed"],
  ["attachableVCSIntegrationsForProviderInSpace", "documented", "by the rule of inheritance, and the default"],
  ["vcsIntegrationTest", "assumed", "what a bad connection is called", "status"],
  ["integrationsCount", "documented", "counts of the two products, 0 for the rest"],
  ["repositories", "documented", "what the credential can see on the emulated Bitbucket"],
  ["branches", "documented", "what the credential can see on the emulated Bitbucket"],
];

/** For both products; what differs follows. */
const integration = (name: string, address: string): readonly Row[] => [
  [`${name}Integration`, "recorded", "null or an empty id is the default integration; the log marks it emptyId"],
  [`${name}Integration`, "assumed", "what a key without admin gets: switch hidden; an unknown id: switch absent"],
  [
    `${name}Integration`,
    "documented",
    "64 hex digits, made by the server; older servers lack it: switch webhook-secret-field",
    "webhookSecret",
  ],
  [`${name}Integration`, "documented", "made from account and slug; a default's: switch default-url", address],
  [`${name}Integration`, "recorded", "older servers lack it: switch use-git-checkout-field", "useGitCheckout"],
  [`${name}IntegrationDelete`, "documented", "never refused; users are detached"],
  [`${name}IntegrationTest`, "assumed", "OK, or an error with the complaint"],
  [`${name}IntegrationRegenerateWebhookSecret`, "documented", "exists; that the old secret dies at once is assumed"],
  [`${name}WebhooksEndpoint`, "assumed", "the account's address without a slug"],
];

const INTEGRATIONS: readonly Row[] = [
  ...integration("bitbucketCloud", "webhookUrl"),
  ["bitbucketCloudIntegration", "recorded", "of app-password integrations only", "username"],
  ["bitbucketCloudIntegration", "recorded", "of API-token integrations only; older servers lack it: switch email-field", "email"],
  ["bitbucketCloudIntegrationCreate", "documented", "user name and app password; without customInput it makes the default (assumed)"],
  ["bitbucketCloudIntegrationCreateV2", "documented", "email and apiToken"],
  ["bitbucketCloudIntegrationCreateV2", "assumed", "where the rest goes: switches v2-input, space-field, type-names", "input"],
  ["bitbucketCloudIntegrationCreateV2", "assumed", "false", "input.useGitCheckout"],
  ["bitbucketCloudIntegrationUpdate", "documented", "a null app password keeps the stored one"],
  ["bitbucketCloudIntegrationUpdateV2", "documented", "email and apiToken; both may be left out (assumed)"],
  ["bitbucketCloudIntegrationUpdateV2", "assumed", "null or [] clears: switch labels-null", "input.labels"],
  ["bitbucketCloudIntegrationUpdateV2", "assumed", "an empty one clears: switch description-empty", "input.description"],
  ...integration("bitbucketDatacenter", "webhookURL"),
  ["bitbucketDatacenterIntegrationCreate", "recorded", "never asks Bitbucket; hosts are taken as they are"],
  ["bitbucketDatacenterIntegrationTest", "documented", "private:// hosts need an agent pool of that name; the text is assumed"],
  ["bitbucketDatacenterIntegrationUpdate", "recorded", "a null token keeps the stored one"],
  ["bitbucketDatacenterIntegrationUpdate", "assumed", "an empty token replaces it: switch empty-token"],
  ["slug", "documented", "spaces and case; everything else is assumed: other characters to one hyphen"],
  ["names", "assumed", "a taken slug and a second default are refused; the texts are the sandbox's own"],
  ["default integration", "documented", "usable everywhere, and in root only"],
  ["roles", "assumed", "an admin of a Space may manage its integrations: switch space-admin"],
];

const STACKS: readonly Row[] = [
  ["stacks", "documented", "only what the key may read"],
  ["stack", "recorded", "the published provider's whole selection"],
  ["stack", "documented", "older servers lack it: switch vcs-detached-field", "vcsDetached"],
  ["stack", "recorded", "null when detached", "vcsIntegration"],
  ["searchStacks", "recorded", "pages of 50; no predicate for integration, provider or namespace"],
  ["searchStacksSuggestions", "documented", "the types of fields are assumed"],
  ["stackCreate", "recorded", "null means the default integration, which is stored", "input.vcsIntegrationId"],
  ["stackCreate", "documented", "an integration that the Space cannot use is refused; the text is assumed"],
  ["stackUpdate", "recorded", "null clears description, labels, project root"],
  ["stackDelete", "recorded", "gone at once; the real one may take a while", "deleting"],
  ["modules", "documented", "only what the key may read"],
  ["module", "recorded", "the published provider's whole selection"],
  ["searchModules", "recorded", "as searchStacks"],
  ["searchModulesSuggestions", "documented", "the types of fields are assumed"],
  ["moduleCreate", "recorded", "name and Terraform provider are taken from the repository's name"],
  ["moduleCreate", "assumed", "terraform-<provider>-<name>", "id"],
  ["moduleUpdate", "documented", "cannot change the source"],
  ["moduleUpdateV2", "recorded", "flat; needs the repository"],
  ["moduleShare", "recorded", "replaces all shares"],
  ["moduleDelete", "recorded", "gone at once"],
  ["runTrigger", "documented", "refused for a detached stack; nothing is executed"],
  ["runTrigger", "assumed", "writers of the stack's Space; QUEUED for ever", "state"],
];

const AGENT_POOLS: readonly Row[] = [
  ["vcsAgentPools", "recorded", "root admins only (assumed)"],
  ["vcsAgentPool", "recorded", "null when there is none: switch absent"],
  ["vcsAgentPoolCreate", "recorded", "in this answer only", "config"],
  ["vcsAgentPoolUpdate", "recorded", "name and description"],
  ["vcsAgentPoolDelete", "recorded", "whether something uses it is not checked"],
];

const DELIVERIES: readonly Row[] = [
  ["delivery", "documented", "POST to the webhook address of an integration of either product"],
  ["delivery", "assumed", "X-Hub-Signature is sha256= and the HMAC of the raw body; 401 when bad"],
  ["delivery", "documented", "Data Center: a missing signature is 401"],
  ["delivery", "assumed", "Cloud: a missing signature is 401: switch unsigned"],
  ["delivery", "assumed", "404 for an unknown address, diagnostics:ping needs no signature and starts nothing"],
  ["delivery", "documented", "repo:push and repo:refs_changed start a tracked run on the stack's branch and a proposed one elsewhere"],
  ["delivery", "assumed", "one run per stack, type and commit; pull-request events are recorded"],
  ["delivery", "documented", "Data Center: the namespace is the project key, in any case"],
];

export const SPACELIFT_COVERAGE: readonly Coverage[] = [TRANSPORT, SPACES, LISTS, INTEGRATIONS, STACKS, AGENT_POOLS, DELIVERIES]
  .flat()
  .map((one) => row(...one));
