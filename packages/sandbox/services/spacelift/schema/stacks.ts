// GraphQL schema, part 3: stacks, modules and runs, as far as the published provider and usage queries select them.
import type { Switches } from "../switches";

const HOOKS = ["Apply", "Destroy", "Init", "Perform", "Plan"].flatMap((phase) => [`after${phase}`, `before${phase}`]).concat("afterRun");

/** Hook fields with the given type. */
const hooks = (type: string): string => HOOKS.map((hook) => `${hook}: ${type}`).join(" ");

export function stacksSdl(switches: Readonly<Switches>): string {
  const detached = switches["vcs-detached-field"] === "present" ? "vcsDetached: Boolean!" : "";
  return `
type AttachedVCSIntegration { id: ID! name: String! description: String isDefault: Boolean! provider: VCSProvider! }
type WorkerPool { id: ID! }
type StackIntegrations { aws: AWSIntegration! driftDetection: DriftDetectionIntegration gcp: GCPIntegration! webhooks: [WebhooksIntegration!]! }
type AWSIntegration {
  assumedRoleArn: String assumeRolePolicyStatement: String externalID: String
  generateCredentialsInWorker: Boolean durationSeconds: Int region: String
}
type DriftDetectionIntegration { ignoreState: Boolean reconcile: Boolean schedule: [String!] timezone: String }
type GCPIntegration { serviceAccountEmail: String tokenScopes: [String!]! }
type WebhooksIntegration { id: ID! enabled: Boolean! endpoint: String! secret: String retryOnFailure: Boolean }

type Stack {
  id: ID!
  name: String!
  administrative: Boolean!
  ${hooks("[String!]!")}
  autodeploy: Boolean!
  autoretry: Boolean!
  branch: String!
  createdAt: Int!
  deleting: Boolean!
  description: String
  isDisabled: Boolean!
  githubActionDeploy: Boolean!
  integrations: StackIntegrations!
  labels: [String!]!
  localPreviewEnabled: Boolean!
  enableWellKnownSecretMasking: Boolean!
  enableSensitiveOutputUpload: Boolean!
  managesStateFile: Boolean!
  namespace: String!
  projectRoot: String
  additionalProjectGlobs: [String!]!
  gitSparseCheckoutPaths: [String!]!
  protectFromDeletion: Boolean!
  provider: VCSProvider!
  repository: String!
  repositoryURL: String
  runnerImage: String
  space: ID!
  spaceDetails: Space!
  state: String!
  terraformVersion: String
  vcsIntegration: AttachedVCSIntegration
  ${detached}
  vendorConfig: StackConfigVendor
  workerPool: WorkerPool
}
type StackConnection { edges: [StackEdge!]! pageInfo: PageInfo! }
type StackEdge { cursor: String! node: Stack! }

union StackConfigVendor =
    StackConfigVendorAnsible | StackConfigVendorCloudFormation | StackConfigVendorKubernetes | StackConfigVendorOpenTofu
  | StackConfigVendorPulumi | StackConfigVendorTerraform | StackConfigVendorTerragrunt
type StackConfigVendorAnsible { playbook: String }
type StackConfigVendorCloudFormation { entryTemplateFile: String region: String stackName: String templateBucket: String }
type StackConfigVendorKubernetes { namespace: String kubectlVersion: String kubernetesWorkflowTool: String }
type StackConfigVendorOpenTofu {
  concise: Boolean externalStateAccessEnabled: Boolean useSmartSanitization: Boolean version: String workflowTool: OpenTofuWorkflowTool workspace: String
}
type StackConfigVendorPulumi { loginURL: String stackName: String }
type StackConfigVendorTerraform {
  useSmartSanitization: Boolean version: String workflowTool: TerraformWorkflowTool workspace: String externalStateAccessEnabled: Boolean
}
type StackConfigVendorTerragrunt {
  terraformVersion: String terragruntVersion: String useRunAll: Boolean useSmartSanitization: Boolean useStateManagement: Boolean
  prefixResourceNamesWithModuleName: Boolean skipReplanWhenRunAll: Boolean skipReplan: Boolean tool: String
}
enum TerraformWorkflowTool { TERRAFORM_FOSS OPEN_TOFU CUSTOM }
enum OpenTofuWorkflowTool { OPEN_TOFU CUSTOM }

input StackInput {
  name: String!
  repository: String!
  branch: String!
  administrative: Boolean
  ${hooks("[String!]")}
  autodeploy: Boolean
  autoretry: Boolean
  description: String
  githubActionDeploy: Boolean
  labels: [String!]
  localPreviewEnabled: Boolean
  enableWellKnownSecretMasking: Boolean
  enableSensitiveOutputUpload: Boolean
  namespace: String
  projectRoot: String
  additionalProjectGlobs: [String!]
  gitSparseCheckoutPaths: [String!]
  protectFromDeletion: Boolean
  provider: VCSProvider
  repositoryURL: String
  runnerImage: String
  space: ID
  vcsIntegrationId: ID
  vendorConfig: VendorConfigInput
  workerPool: ID
}
input VendorConfigInput {
  ansible: AnsibleInput
  cloudFormation: CloudFormationInput
  kubernetes: KubernetesInput
  opentofu: OpenTofuInput
  pulumi: PulumiInput
  terraform: TerraformInput
  terragrunt: TerragruntInput
}
input AnsibleInput { playbook: String }
input CloudFormationInput { entryTemplateFile: String region: String stackName: String templateBucket: String }
input KubernetesInput { namespace: String kubectlVersion: String kubernetesWorkflowTool: String }
input OpenTofuInput {
  concise: Boolean externalStateAccessEnabled: Boolean useSmartSanitization: Boolean version: String workflowTool: OpenTofuWorkflowTool workspace: String
}
input PulumiInput { loginURL: String stackName: String }
input TerraformInput {
  useSmartSanitization: Boolean version: String workflowTool: TerraformWorkflowTool workspace: String externalStateAccessEnabled: Boolean
}
input TerragruntInput {
  terraformVersion: String terragruntVersion: String useRunAll: Boolean useSmartSanitization: Boolean useStateManagement: Boolean
  prefixResourceNamesWithModuleName: Boolean skipReplanWhenRunAll: Boolean skipReplan: Boolean tool: String
}

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

enum RunType { TRACKED PROPOSED }
type Run { id: ID! state: String! type: RunType! branch: String! commit: Commit! createdAt: Int! triggeredBy: String }
type Commit { hash: String! }
`;
}
