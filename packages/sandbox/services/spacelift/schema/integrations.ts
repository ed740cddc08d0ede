// GraphQL schema, part 2: accounts, Spaces, integrations and searching. Fields and layouts follow the switches.
import type { Switches } from "../switches";
import { typeNames } from "./type-names";

export function integrationsSdl(switches: Readonly<Switches>): string {
  const names = typeNames(switches);
  const email = switches["email-field"] === "present" ? "email: String" : "";
  const webhookSecret = switches["webhook-secret-field"] === "present" ? "webhookSecret: String" : "";
  const useGitCheckout = switches["use-git-checkout-field"] === "present" ? "useGitCheckout: Boolean" : "";
  const settings = `labels: [String!] description: String vcsChecks: VCSCheck ${useGitCheckout}`;
  const nested = switches["v2-input"] === "nested";
  const space = switches["space-field"];
  return `
type User { id: ID! jwt: String! validUntil: Int! }
type Viewer { id: ID! name: String! ${switches["viewer-admin-field"] === "present" ? "admin: Boolean!" : ""} }

type Space {
  id: ID!
  name: String!
  description: String!
  parentSpace: ID
  inheritEntities: Boolean!
  labels: [String!]!
}
input SpaceInput { name: String! description: String! parentSpace: ID! inheritEntities: Boolean! labels: [String!] }

enum VCSProvider { AZURE_DEVOPS BITBUCKET_CLOUD BITBUCKET_DATACENTER GIT GITHUB GITHUB_ENTERPRISE GITLAB SHOWCASE SPACELIFT }
enum VCSCheck { INDIVIDUAL AGGREGATED ALL }

type VCSIntegration { id: ID! name: String! provider: VCSProvider! isDefault: Boolean! description: String labels: [String!]! space: Space! }
type VCSIntegrationTestResult { status: String! }
type Repository { id: ID! name: String! namespace: String! }
type IntegrationsCount {
  aws: Int! azure: Int! azureDevOps: Int! bitbucketCloud: Int! bitbucketDatacenter: Int! github: Int! gitlab: Int!
  slack: Int! vcsAgentPools: Int! webhooks: Int! ai: Int!
}
type VCSAgentPool { id: ID! name: String! description: String config: String }

type BitbucketCloudIntegration {
  id: ID!
  name: String!
  isDefault: Boolean!
  space: Space!
  description: String
  labels: [String!]
  username: String
  ${email}
  webhookUrl: String
  ${webhookSecret}
  vcsChecks: VCSCheck
  ${useGitCheckout}
}
type BitbucketDatacenterIntegration {
  id: ID!
  name: String!
  isDefault: Boolean!
  space: Space!
  description: String
  labels: [String!]
  apiHost: String
  userFacingHost: String
  username: String
  webhookURL: String
  ${webhookSecret}
  vcsChecks: VCSCheck
  ${useGitCheckout}
}

input ${names.create} { name: String! spaceID: ID isDefault: Boolean ${settings} }
input ${names.update} { id: ID space: ID ${settings} }
${
  switches["v2-input"] === "absent"
    ? ""
    : `
input ${names.cloudCreate} {
  email: String!
  apiToken: String!
  ${nested ? `customInput: ${names.create}` : `name: String! ${space}: ID isDefault: Boolean ${settings}`}
}
input ${names.cloudUpdate} {
  email: String
  apiToken: String
  ${nested ? `customInput: ${names.update}` : `id: ID ${space}: ID ${settings}`}
}`
}

input SearchInput { first: Int after: String fullTextSearch: String predicates: [SearchQueryPredicate!] orderBy: SearchQueryOrder }
input SearchQueryPredicate { field: String! constraint: SearchQueryFieldConstraint! exclude: Boolean }
input SearchQueryFieldConstraint { booleanEquals: [Boolean!] enumEquals: [String!] stringMatches: [String!] }
input SearchQueryOrder { field: String! direction: OrderDirection! }
enum OrderDirection { ASC DESC }
input SearchSuggestionsInput { fullTextSearch: String predicates: [SearchQueryPredicate!] }
type SearchSuggestions { filteredCount: Int! fields: [SearchField!]! }
type SearchField { name: String! orderable: Boolean! filterable: Boolean! type: String! }
type PageInfo { startCursor: String endCursor: String hasNextPage: Boolean! hasPreviousPage: Boolean! }
type SpaceConnection { edges: [SpaceEdge!]! pageInfo: PageInfo! }
type SpaceEdge { cursor: String! node: Space! }
type VCSIntegrationConnection { edges: [VCSIntegrationEdge!]! pageInfo: PageInfo! }
type VCSIntegrationEdge { cursor: String! node: VCSIntegration! }
`;
}
