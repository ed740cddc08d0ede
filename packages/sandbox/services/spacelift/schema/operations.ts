// GraphQL schema, part 1: the operations. Root fields are nullable, so that a refusal of one leaves the others' answers.
import type { Switches } from "../switches";
import { typeNames } from "./type-names";

export function operationsSdl(switches: Readonly<Switches>): string {
  const names = typeNames(switches);
  const when = (present: boolean, text: string): string => (present ? text : "");
  return `
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

type Mutation {
  apiKeyUser(id: ID!, secret: String!): User
  spaceCreate(input: SpaceInput!): Space
  spaceUpdate(space: ID!, input: SpaceInput!): Space
  spaceDelete(space: ID!): Space
  ${when(
    switches["v1-mutations"] === "present",
    `
  bitbucketCloudIntegrationCreate(username: String!, appPassword: String!, customInput: ${names.create}): BitbucketCloudIntegration
  bitbucketCloudIntegrationUpdate(username: String!, appPassword: String, customInput: ${names.update}): BitbucketCloudIntegration`,
  )}
  ${when(
    switches["v2-input"] !== "absent",
    `
  bitbucketCloudIntegrationCreateV2(input: ${names.cloudCreate}!): BitbucketCloudIntegration
  bitbucketCloudIntegrationUpdateV2(input: ${names.cloudUpdate}!): BitbucketCloudIntegration`,
  )}
  bitbucketCloudIntegrationDelete(id: ID): BitbucketCloudIntegration
  bitbucketCloudIntegrationTest(id: ID): String
  ${when(switches.regenerate === "present", "bitbucketCloudIntegrationRegenerateWebhookSecret(id: ID): BitbucketCloudIntegration")}
  bitbucketDatacenterIntegrationCreate(apiHost: String!, userFacingHost: String!, username: String, accessToken: String!, customInput: ${names.create}): BitbucketDatacenterIntegration
  bitbucketDatacenterIntegrationUpdate(apiHost: String!, userFacingHost: String!, username: String, accessToken: String, customInput: ${names.update}): BitbucketDatacenterIntegration
  bitbucketDatacenterIntegrationDelete(id: ID): BitbucketDatacenterIntegration
  bitbucketDatacenterIntegrationTest(id: ID): String
  ${when(switches.regenerate === "present", "bitbucketDatacenterIntegrationRegenerateWebhookSecret(id: ID): BitbucketDatacenterIntegration")}
  stackCreate(input: StackInput!, manageState: Boolean!, stackObjectID: String, slug: String): Stack
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
  runTrigger(stack: ID!, commitSha: String, runType: RunType): Run
}
`;
}
