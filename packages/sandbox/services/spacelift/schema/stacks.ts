// GraphQL schema: stacks and runs, with the fields that the published provider and usage queries select.
import type { Switches } from "../switches";

const PHASES = ["Apply", "Destroy", "Init", "Perform", "Plan"];
const HOOKS = [...PHASES.flatMap((phase) => [`after${phase}`, `before${phase}`]), "afterRun"];

const RUNS_SDL = `
enum RunType { TRACKED PROPOSED }
type Run { id: ID! state: String! type: RunType! branch: String! commit: Commit! createdAt: Int! triggeredBy: String }
type Commit { hash: String! }
`;

const INTEGRATIONS_SDL = `
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
`;

const STACK_INPUT_SDL = `
input StackInput {
  name: String!
  repository: String!
  branch: String!
  administrative: Boolean
  ${buildHookFields("[String!]")}
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
`;

export function buildStacksSdl(switches: Readonly<Switches>): string {
  return [INTEGRATIONS_SDL, buildStackSdl(switches), STACK_INPUT_SDL, RUNS_SDL].join("\n");
}

function buildStackSdl(switches: Readonly<Switches>): string {
  return `
type Stack {
  id: ID!
  name: String!
  administrative: Boolean!
  ${buildHookFields("[String!]!")}
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
  ${switches["vcs-detached-field"] === "present" ? "vcsDetached: Boolean!" : ""}
  vendorConfig: StackConfigVendor
  workerPool: WorkerPool
}
type StackConnection { edges: [StackEdge!]! pageInfo: PageInfo! }
type StackEdge { cursor: String! node: Stack! }
`;
}

function buildHookFields(type: string): string {
  return HOOKS.map((hook) => `${hook}: ${type}`).join(" ");
}
