// GraphQL schema: modules, with the fields that the published provider selects.

export const MODULES_SDL = `
type Module {
  id: ID!
  name: String!
  administrative: Boolean!
  branch: String!
  createdAt: Int!
  description: String
  integrations: StackIntegrations
  isDisabled: Boolean!
  labels: [String!]!
  localPreviewEnabled: Boolean!
  moduleShares: [ModuleShare!]!
  namespace: String!
  projectRoot: String
  gitSparseCheckoutPaths: [String!]!
  protectFromDeletion: Boolean!
  provider: VCSProvider!
  public: Boolean!
  repository: String!
  repositoryURL: String
  runnerImage: String
  space: ID!
  spaceDetails: Space!
  terraformProvider: String!
  vcsIntegration: AttachedVCSIntegration
  workerPool: WorkerPool
  workflowTool: TerraformWorkflowTool
}
type ModuleConnection { edges: [ModuleEdge!]! pageInfo: PageInfo! }
type ModuleEdge { cursor: String! node: Module! }
type ModuleShare { id: ID! from: ModuleShareEnd! to: ModuleShareEnd! module: SharedModule! }
type ModuleShareEnd { account: ShareAccount! space: ShareSpace! }
type ShareAccount { subdomain: String! }
type ShareSpace { id: ID! }
type SharedModule { name: String! description: String labels: [String!]! }

input ModuleUpdateInput {
  administrative: Boolean
  branch: String
  description: String
  labels: [String!]
  localPreviewEnabled: Boolean
  projectRoot: String
  gitSparseCheckoutPaths: [String!]
  protectFromDeletion: Boolean
  runnerImage: String
  sharedAccounts: [String!]
  space: ID
  workerPool: ID
}
input ModuleCreateInput {
  updateInput: ModuleUpdateInput!
  name: String
  namespace: String
  provider: VCSProvider
  repository: String!
  repositoryURL: String
  terraformProvider: String
  space: ID
  vcsIntegrationId: ID
  workflowTool: TerraformWorkflowTool
}
input ModuleUpdateV2Input {
  administrative: Boolean
  branch: String
  description: String
  labels: [String!]
  localPreviewEnabled: Boolean
  namespace: String
  projectRoot: String
  gitSparseCheckoutPaths: [String!]
  protectFromDeletion: Boolean
  provider: VCSProvider
  repository: String!
  repositoryURL: String
  runnerImage: String
  sharedAccounts: [String!]
  space: ID
  vcsIntegrationId: ID
  workerPool: ID
  workflowTool: TerraformWorkflowTool
}
input ModuleShareInput { accounts: [String!] spaces: [String!] }
`;
