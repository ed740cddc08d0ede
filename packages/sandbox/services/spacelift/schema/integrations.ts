// GraphQL schema: integrations. Some fields and the layout of the inputs depend on the switches.
import type { Switches } from "../switches";
import { selectTypeNames } from "./type-names";

const LISTS_SDL = `
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
type VCSIntegrationConnection { edges: [VCSIntegrationEdge!]! pageInfo: PageInfo! }
type VCSIntegrationEdge { cursor: String! node: VCSIntegration! }
`;

export function buildIntegrationsSdl(switches: Readonly<Switches>): string {
  return [LISTS_SDL, buildIntegrationTypesSdl(switches), buildInputsSdl(switches)].join("\n");
}

function buildIntegrationTypesSdl(switches: Readonly<Switches>): string {
  const email = switches["email-field"] === "present" ? "email: String" : "";
  const webhookSecret = switches["webhook-secret-field"] === "present" ? "webhookSecret: String" : "";
  const useGitCheckout = buildUseGitCheckoutField(switches);
  return `
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
`;
}

function buildInputsSdl(switches: Readonly<Switches>): string {
  const names = selectTypeNames(switches);
  const settings = `labels: [String!] description: String vcsChecks: VCSCheck ${buildUseGitCheckoutField(switches)}`;
  const inputs = `
input ${names.create} { name: String! spaceID: ID isDefault: Boolean ${settings} }
input ${names.update} { id: ID space: ID ${settings} }`;
  if (switches["v2-input"] === "absent") return inputs;
  const nested = switches["v2-input"] === "nested";
  const space = switches["space-field"];
  return `${inputs}
input ${names.cloudCreate} {
  email: String!
  apiToken: String!
  ${nested ? `customInput: ${names.create}` : `name: String! ${space}: ID isDefault: Boolean ${settings}`}
}
input ${names.cloudUpdate} {
  email: String
  apiToken: String
  ${nested ? `customInput: ${names.update}` : `id: ID ${space}: ID ${settings}`}
}`;
}

function buildUseGitCheckoutField(switches: Readonly<Switches>): string {
  return switches["use-git-checkout-field"] === "present" ? "useGitCheckout: Boolean" : "";
}
