// How the GraphQL API shows stacks and modules, with the defaults that clients expect for unset fields.
import { isDetached } from "./stacks";
import { type Consumer, integrationKey, isBitbucket, type Module, type Scope, type Stack } from "./state";

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

/** A field is null only where the published provider does not crash on null. */
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

export function serializeStack(scope: Scope, stack: Stack) {
  return {
    ...serializeConsumer(scope, stack),
    managesStateFile: stack.managesStateFile,
    deleting: false,
    state: "NONE",
    terraformVersion: null,
    vcsDetached: isDetached(stack),
    vendorConfig: serializeVendorConfig(stack.settings["vendorConfig"]),
  };
}

export function serializeModule(scope: Scope, module: Module) {
  return {
    ...serializeConsumer(scope, module),
    terraformProvider: module.terraformProvider,
    workflowTool: module.settings["workflowTool"] ?? "TERRAFORM_FOSS",
    public: false,
    moduleShares: serializeModuleShares(scope, module),
  };
}

export function serializeModuleShares(scope: Scope, module: Module) {
  const account = { subdomain: scope.account.name };
  const { name, labels, settings } = module;
  return module.shares.map((space) => ({
    id: `${module.id}/${space}`,
    from: { account, space: { id: module.space } },
    to: { account, space: { id: space } },
    module: { name, labels, description: settings["description"] ?? null },
  }));
}

function serializeConsumer(scope: Scope, { settings, ...consumer }: Consumer) {
  const setting = (name: string, fallback: unknown): unknown => settings[name] ?? fallback;
  const pool = settings["workerPool"] ?? null;
  return {
    ...Object.fromEntries(Object.entries(FLAGS).map(([name, fallback]) => [name, setting(name, fallback)])),
    ...Object.fromEntries(TEXTS.map((name) => [name, setting(name, null)])),
    ...Object.fromEntries(LISTS.map((name) => [name, setting(name, [])])),
    id: consumer.id,
    name: consumer.name,
    branch: consumer.branch,
    createdAt: consumer.createdAt,
    labels: consumer.labels,
    provider: consumer.provider,
    namespace: consumer.namespace,
    repository: consumer.repository,
    space: consumer.space,
    spaceDetails: scope.account.spaces.get(consumer.space),
    isDisabled: false,
    integrations: NO_INTEGRATIONS,
    vcsIntegration: findAttachedIntegration(scope, consumer),
    workerPool: pool === null ? null : { id: pool },
  };
}

/** Null if detached. For providers that are not emulated, only the id is known. */
function findAttachedIntegration(scope: Scope, { provider, vcsIntegrationId: id }: Pick<Consumer, "provider" | "vcsIntegrationId">) {
  if (id === null) return null;
  if (!isBitbucket(provider)) return { id, name: id, description: null, isDefault: false, provider };
  const integration = scope.account.integrations.get(integrationKey(provider, id));
  return integration === undefined ? null : integration;
}

function serializeVendorConfig(value: unknown) {
  const configured = Object.entries((value ?? {}) as Record<string, Record<string, unknown> | null>).find(
    ([, settings]) => settings !== null,
  );
  const [vendor, settings] = configured ?? ["terraform", { useSmartSanitization: false, externalStateAccessEnabled: false }];
  const { typeName, defaults } = VENDORS[vendor] ?? { typeName: "StackConfigVendorTerraform", defaults: {} };
  const set = Object.entries(settings ?? {}).filter(([, setting]) => setting !== null);
  return { __typename: typeName, ...defaults, ...Object.fromEntries(set) };
}
