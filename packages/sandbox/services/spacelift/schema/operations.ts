// GraphQL schema: the operations. Root fields are nullable, so that an error in one operation does not discard the results of the others.
import type { Switches } from "../switches";
import { selectTypeNames } from "./type-names";

const QUERIES_SDL = `
type Query {
  viewer: Viewer
  spaces: [Space!]
  space(id: ID!): Space
  searchSpaces(input: SearchInput!): SpaceConnection
  vcsIntegrations: [VCSIntegration!]
  vcsIntegration(provider: VCSProvider!, id: ID): VCSIntegration
  searchVCSIntegrations(input: SearchInput!): VCSIntegrationConnection
  attachableVCSIntegrationsForProviderInSpace(id: ID!, provider: VCSProvider!): [VCSIntegration!]
  vcsIntegrationTest(provider: VCSProvider!, id: ID!): VCSIntegrationTestResult
  integrationsCount: IntegrationsCount
  repositories(provider: VCSProvider, vcsIntegrationID: ID, filter: String): [Repository!]
  branches(provider: VCSProvider!, namespace: String!, repository: String!, vcsIntegrationID: ID): [String!]
  bitbucketCloudIntegration(id: ID): BitbucketCloudIntegration
  bitbucketCloudWebhooksEndpoint: String
  bitbucketDatacenterIntegration(id: ID): BitbucketDatacenterIntegration
  bitbucketDatacenterWebhooksEndpoint: String
  stacks: [Stack!]
  stack(id: ID!): Stack
  searchStacks(input: SearchInput!): StackConnection
  searchStacksSuggestions(input: SearchSuggestionsInput!): SearchSuggestions
  modules: [Module!]
  module(id: ID!): Module
  searchModules(input: SearchInput!): ModuleConnection
  searchModulesSuggestions(input: SearchSuggestionsInput!): SearchSuggestions
  vcsAgentPools: [VCSAgentPool!]
  vcsAgentPool(id: ID!): VCSAgentPool
}
`;

const SPACE_MUTATIONS_SDL = `apiKeyUser(id: ID!, secret: String!): User
  spaceCreate(input: SpaceInput!): Space
  spaceUpdate(space: ID!, input: SpaceInput!): Space
  spaceDelete(space: ID!): Space`;

const OTHER_MUTATIONS_SDL = `stackCreate(input: StackInput!, manageState: Boolean!, stackObjectID: String, slug: String): Stack
  stackUpdate(id: ID!, input: StackInput!): Stack
  stackDelete(id: ID!): Stack
  moduleCreate(input: ModuleCreateInput!): Module
  moduleUpdate(id: ID!, input: ModuleUpdateInput!): Module
  moduleUpdateV2(id: ID!, input: ModuleUpdateV2Input!): Module
  moduleShare(id: ID!, input: ModuleShareInput!): [ModuleShare!]
  moduleDelete(id: ID!): Module
  vcsAgentPoolCreate(name: String!, description: String): VCSAgentPool
  vcsAgentPoolUpdate(id: ID!, name: String!, description: String): VCSAgentPool
  vcsAgentPoolDelete(id: ID!): VCSAgentPool
  runTrigger(stack: ID!, commitSha: String, runType: RunType): Run`;

export function buildOperationsSdl(switches: Readonly<Switches>): string {
  return `${QUERIES_SDL}
type Mutation {
  ${SPACE_MUTATIONS_SDL}
  ${buildCloudMutationsSdl(switches)}
  ${buildDatacenterMutationsSdl(switches)}
  ${OTHER_MUTATIONS_SDL}
}
`;
}

function buildCloudMutationsSdl(switches: Readonly<Switches>): string {
  const names = selectTypeNames(switches);
  const v1 = `
  bitbucketCloudIntegrationCreate(username: String!, appPassword: String!, customInput: ${names.create}): BitbucketCloudIntegration
  bitbucketCloudIntegrationUpdate(username: String!, appPassword: String, customInput: ${names.update}): BitbucketCloudIntegration`;
  const v2 = `
  bitbucketCloudIntegrationCreateV2(input: ${names.cloudCreate}!): BitbucketCloudIntegration
  bitbucketCloudIntegrationUpdateV2(input: ${names.cloudUpdate}!): BitbucketCloudIntegration`;
  const regenerate = "bitbucketCloudIntegrationRegenerateWebhookSecret(id: ID): BitbucketCloudIntegration";
  return `
  ${switches["v1-mutations"] === "present" ? v1 : ""}
  ${switches["v2-input"] === "absent" ? "" : v2}
  bitbucketCloudIntegrationDelete(id: ID): BitbucketCloudIntegration
  bitbucketCloudIntegrationTest(id: ID): String
  ${switches.regenerate === "present" ? regenerate : ""}`;
}

function buildDatacenterMutationsSdl(switches: Readonly<Switches>): string {
  const names = selectTypeNames(switches);
  const regenerate = "bitbucketDatacenterIntegrationRegenerateWebhookSecret(id: ID): BitbucketDatacenterIntegration";
  return `
  bitbucketDatacenterIntegrationCreate(apiHost: String!, userFacingHost: String!, username: String, accessToken: String!, customInput: ${names.create}): BitbucketDatacenterIntegration
  bitbucketDatacenterIntegrationUpdate(apiHost: String!, userFacingHost: String!, username: String, accessToken: String, customInput: ${names.update}): BitbucketDatacenterIntegration
  bitbucketDatacenterIntegrationDelete(id: ID): BitbucketDatacenterIntegration
  bitbucketDatacenterIntegrationTest(id: ID): String
  ${switches.regenerate === "present" ? regenerate : ""}`;
}
