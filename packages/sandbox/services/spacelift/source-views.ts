// What the GraphQL API shows of stacks and modules, with the defaults that clients need to find nothing to change.
import { isDetached } from "./stacks";
import { integrationKey, isBitbucket, type Module, type Scope, type Sourced, type Stack } from "./state";

const HOOKS = ["Apply", "Destroy", "Init", "Perform", "Plan"].flatMap((phase) => [`after${phase}`, `before${phase}`]).concat("afterRun");
const FLAGS = {
  administrative: false,
  autodeploy: false,
  autoretry: false,
  githubActionDeploy: true,
  localPreviewEnabled: false,
  enableWellKnownSecretMasking: false,
  enableSensitiveOutputUpload: true,
  protectFromDeletion: false,
};
const TEXTS = ["description", "projectRoot", "repositoryURL", "runnerImage"];
const LISTS = ["additionalProjectGlobs", "gitSparseCheckoutPaths", ...HOOKS];

/** Never null where the published provider would crash. */
const NO_INTEGRATIONS = {
  aws: {
    assumedRoleArn: null,
    assumeRolePolicyStatement: "{}",
    externalID: null,
    generateCredentialsInWorker: false,
    durationSeconds: null,
    region: null,
  },
  driftDetection: null,
  gcp: { serviceAccountEmail: null, tokenScopes: [] },
  webhooks: [],
};

const VENDORS: Readonly<Record<string, { typeName: string; defaults: Readonly<Record<string, unknown>> }>> = {
  ansible: { typeName: "StackConfigVendorAnsible", defaults: {} },
  cloudFormation: { typeName: "StackConfigVendorCloudFormation", defaults: {} },
  kubernetes: { typeName: "StackConfigVendorKubernetes", defaults: {} },
  opentofu: { typeName: "StackConfigVendorOpenTofu", defaults: { workflowTool: "OPEN_TOFU" } },
  pulumi: { typeName: "StackConfigVendorPulumi", defaults: {} },
  terraform: { typeName: "StackConfigVendorTerraform", defaults: { workflowTool: "TERRAFORM_FOSS" } },
  terragrunt: { typeName: "StackConfigVendorTerragrunt", defaults: {} },
};

export function stackView(scope: Scope, stack: Stack) {
  return {
    ...sourcedView(scope, stack),
    managesStateFile: stack.managesStateFile,
    deleting: false,
    state: "NONE",
    terraformVersion: null,
    vcsDetached: isDetached(stack),
    vendorConfig: vendorConfig(stack.settings["vendorConfig"]),
  };
}

export function moduleView(scope: Scope, module: Module) {
  return {
    ...sourcedView(scope, module),
    terraformProvider: module.terraformProvider,
    workflowTool: module.settings["workflowTool"] ?? "TERRAFORM_FOSS",
    public: false,
    moduleShares: moduleShares(scope, module),
  };
}

export function moduleShares(scope: Scope, module: Module) {
  const account = { subdomain: scope.account.name };
  const { name, labels, settings } = module;
  return module.shares.map((space) => ({
    id: `${module.id}/${space}`,
    from: { account, space: { id: module.space } },
    to: { account, space: { id: space } },
    module: { name, labels, description: settings["description"] ?? null },
  }));
}

function sourcedView(scope: Scope, { settings, ...thing }: Sourced) {
  const given = (name: string, fallback: unknown): unknown => settings[name] ?? fallback;
  const pool = settings["workerPool"] ?? null;
  return {
    ...Object.fromEntries(Object.entries(FLAGS).map(([name, fallback]) => [name, given(name, fallback)])),
    ...Object.fromEntries(TEXTS.map((name) => [name, given(name, null)])),
    ...Object.fromEntries(LISTS.map((name) => [name, given(name, [])])),
    id: thing.id,
    name: thing.name,
    branch: thing.branch,
    createdAt: thing.createdAt,
    labels: thing.labels,
    provider: thing.provider,
    namespace: thing.namespace,
    repository: thing.repository,
    space: thing.space,
    spaceDetails: scope.account.spaces.get(thing.space),
    isDisabled: false,
    integrations: NO_INTEGRATIONS,
    vcsIntegration: attached(scope, thing),
    workerPool: pool === null ? null : { id: pool },
  };
}

/** Null when detached. Of a provider that is not played only the id is known. */
function attached(scope: Scope, { provider, vcsIntegrationId: id }: Pick<Sourced, "provider" | "vcsIntegrationId">) {
  if (id === null) return null;
  if (!isBitbucket(provider)) return { id, name: id, description: null, isDefault: false, provider };
  const integration = scope.account.integrations.get(integrationKey(provider, id));
  return integration === undefined ? null : integration;
}

function vendorConfig(value: unknown) {
  const given = Object.entries((value ?? {}) as Record<string, Record<string, unknown> | null>).find(([, settings]) => settings !== null);
  const [vendor, settings] = given ?? ["terraform", { useSmartSanitization: false, externalStateAccessEnabled: false }];
  const { typeName, defaults } = VENDORS[vendor] ?? { typeName: "StackConfigVendorTerraform", defaults: {} };
  const set = Object.entries(settings ?? {}).filter(([, one]) => one !== null);
  return { __typename: typeName, ...defaults, ...Object.fromEntries(set) };
}
