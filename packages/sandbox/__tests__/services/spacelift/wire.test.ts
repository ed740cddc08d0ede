/** Requests and responses of a published client, recorded with Spacelift's own Terraform provider. */
import { createPayments, type RunningSpacelift, startSpacelift } from "./start-spacelift";

let spacelift: RunningSpacelift;
beforeEach(async () => {
  spacelift = await startSpacelift();
});
afterEach(() => spacelift.stop());

/** The exact selections of the provider. */
const STACK = [
  "id,administrative,afterApply,afterDestroy,afterInit,afterPerform,afterPlan,afterRun,autodeploy,autoretry,beforeApply,",
  "beforeDestroy,beforeInit,beforePerform,beforePlan,branch,deleting,description,isDisabled,githubActionDeploy,",
  "integrations{aws{assumedRoleArn,assumeRolePolicyStatement,externalID,generateCredentialsInWorker,durationSeconds,",
  "region},driftDetection{ignoreState,reconcile,schedule,timezone},gcp{serviceAccountEmail,tokenScopes},webhooks{id,",
  "enabled,endpoint,secret,retryOnFailure}},labels,localPreviewEnabled,enableWellKnownSecretMasking,",
  "enableSensitiveOutputUpload,managesStateFile,name,namespace,projectRoot,additionalProjectGlobs,gitSparseCheckoutPaths,",
  "protectFromDeletion,provider,repository,repositoryURL,runnerImage,space,spaceDetails{id,description,name,",
  "inheritEntities,parentSpace,labels},terraformVersion,vcsIntegration{id,isDefault},vendorConfig{__typename,",
  "... on StackConfigVendorAnsible{playbook},... on StackConfigVendorCloudFormation{entryTemplateFile,region,stackName,",
  "templateBucket},... on StackConfigVendorKubernetes{namespace,kubectlVersion,kubernetesWorkflowTool},",
  "... on StackConfigVendorOpenTofu{concise,externalStateAccessEnabled,useSmartSanitization,version,",
  "openTofuWorkflowTool:workflowTool,workspace},... on StackConfigVendorPulumi{loginURL,stackName},",
  "... on StackConfigVendorTerraform{useSmartSanitization,version,workflowTool,workspace,externalStateAccessEnabled},",
  "... on StackConfigVendorTerragrunt{terraformVersion,terragruntVersion,useRunAll,useSmartSanitization,useStateManagement,",
  "prefixResourceNamesWithModuleName,skipReplanWhenRunAll,skipReplan,tool}},workerPool{id}",
].join("");
const MODULE = [
  "id,administrative,branch,description,integrations{aws{assumedRoleArn,assumeRolePolicyStatement,externalID,",
  "generateCredentialsInWorker,durationSeconds,region},driftDetection{ignoreState,reconcile,schedule,timezone},",
  "gcp{serviceAccountEmail,tokenScopes},webhooks{id,enabled,endpoint,secret,retryOnFailure}},labels,localPreviewEnabled,",
  "moduleShares{id,from{account{subdomain},space{id}},to{account{subdomain},space{id}},module{name,description,labels}},",
  "name,namespace,projectRoot,gitSparseCheckoutPaths,protectFromDeletion,provider,public,repository,repositoryURL,",
  "runnerImage,space,spaceDetails{id,description,name,inheritEntities,parentSpace,labels},terraformProvider,",
  "vcsIntegration{id,isDefault},workerPool{id},workflowTool",
].join("");
const DC =
  "id,name,isDefault,space{id},labels,description,apiHost,username,userFacingHost,webhookSecret,webhookURL,vcsChecks,useGitCheckout";
const CLOUD = "id,name,description,isDefault,space{id},labels,username,email,webhookSecret,webhookUrl,vcsChecks";

const HOOKS = ["afterApply", "afterDestroy", "afterInit", "afterPerform", "afterPlan", "afterRun"].concat([
  "beforeApply",
  "beforeDestroy",
  "beforeInit",
  "beforePerform",
  "beforePlan",
]);
const TERRAFORM = { useSmartSanitization: false, version: null, workflowTool: null, workspace: null, externalStateAccessEnabled: false };
const STACK_INPUT = {
  administrative: false,
  ...Object.fromEntries(HOOKS.map((hook) => [hook, []])),
  autodeploy: false,
  autoretry: false,
  branch: "main",
  description: null,
  githubActionDeploy: true,
  labels: null,
  localPreviewEnabled: false,
  enableWellKnownSecretMasking: false,
  enableSensitiveOutputUpload: true,
  name: "Payments prod",
  namespace: "acme-workspace",
  projectRoot: null,
  additionalProjectGlobs: null,
  gitSparseCheckoutPaths: null,
  protectFromDeletion: false,
  provider: "BITBUCKET_CLOUD",
  repository: "infra",
  repositoryURL: null,
  runnerImage: null,
  space: null,
  vcsIntegrationId: null,
  vendorConfig: {
    ansible: null,
    cloudFormation: null,
    kubernetes: null,
    opentofu: null,
    pulumi: null,
    terraform: TERRAFORM,
    terragrunt: null,
  },
  workerPool: null,
};
const CREATE_STACK =
  "mutation($input:StackInput!$manageState:Boolean!$slug:String$stackObjectID:String)" +
  `{stackCreate(input: $input, manageState: $manageState, stackObjectID: $stackObjectID, slug: $slug){${STACK}}}`;
const createStack = (input: object) =>
  spacelift.request(CREATE_STACK, { input: { ...STACK_INPUT, ...input }, manageState: true, slug: null, stackObjectID: null });

it.each(["{spaces(){id,name}}", "{spaces( ){id,name}}", '{spaces(){id,name},space(id:"()"){id}}'])(
  "accepts empty parentheses: %s",
  async (query) => {
    const { data, errors } = await spacelift.request(query);
    expect(errors).toEqual([]);
    expect(data.spaces[0]).toEqual({ id: "root", name: "root" });
  },
);

it("keeps parentheses inside strings", async () => {
  const query = 'mutation{spaceCreate(input:{name:"a()b",description:"()",parentSpace:"root",inheritEntities:true}){name description}}';
  expect((await spacelift.request(query)).data.spaceCreate).toEqual({ name: "a()b", description: "()" });
});

it("returns exactly the selected keys, with aliases and type names only if requested", async () => {
  const { body } = await spacelift.request("{it:viewer{who:id} spaces{__typename}}", {}, "ROOT");
  const space = { __typename: "Space" };
  expect(JSON.parse(body)).toEqual({ data: { it: { who: "ROOT" }, spaces: [space, space, space, space] } });
});

it("supports fragments, operation names, and several root fields", async () => {
  const query = 'query A{viewer{id}} query B{...F space(id:"team"){name}} fragment F on Query{viewer{name}}';
  const response = await fetch(`${spacelift.origin}/acme/graphql`, {
    method: "POST",
    headers: { authorization: `Bearer ${await spacelift.login()}` },
    body: JSON.stringify({ query, operationName: "B" }),
  });
  expect(await response.json()).toEqual({ data: { viewer: { name: "ROOT" }, space: { name: "Team" } } });
});

it.each([
  ["a syntax error", "{spaces", /^Syntax Error/],
  ["a missing variable", "query($id:ID!){space(id:$id){id}}", /Variable "\$id" of required type "ID!" was not provided/],
  ["a wrong enum", "{vcsIntegration(provider:BITBUCKET){id}}", /does not exist in "VCSProvider" enum/],
])("responds to %s with status 200 and errors", async (_, query, message) => {
  const response = await spacelift.request(query);
  expect([response.status, response.errors.length]).toEqual([200, 1]);
  expect(response.errors[0]?.message).toMatch(message);
});

it("keeps the results of the other root fields if one is rejected", async () => {
  const response = await spacelift.request(
    '{viewer{id} attachableVCSIntegrationsForProviderInSpace(id:"root",provider:GITHUB){id}}',
    {},
    "NO_ROLES",
  );
  expect(response.data).toEqual({ viewer: { id: "NO_ROLES" }, attachableVCSIntegrationsForProviderInSpace: null });
  expect(response.errors).toEqual([
    expect.objectContaining({ message: "unauthorized", path: ["attachableVCSIntegrationsForProviderInSpace"] }),
  ]);
});

it("marks requests for fields that it does not emulate", async () => {
  await spacelift.request("{policies{id}}");
  await spacelift.request("{stacks{id commits{hash}}}");
  await spacelift.request("{spaces{id");
  const log = (await spacelift.get("requests")) as { operation: string; marks: string[] }[];
  expect(log.filter((entry) => entry.operation !== "apiKeyUser").map((entry) => [entry.operation, entry.marks])).toEqual([
    ["policies", ["notEmulated"]],
    ["stacks", ["notEmulated"]],
    ["graphql", ["rejected"]],
  ]);
});

it("creates, reads, updates and deletes a stack like the provider", async () => {
  await createPayments(spacelift, { name: "Main", spaceID: "root", isDefault: true });
  const created = await createStack({});
  expect(created.errors).toEqual([]);
  expect(created.data.stackCreate).toMatchObject({
    id: "payments-prod",
    space: "root",
    spaceDetails: { id: "root", parentSpace: null },
    namespace: "acme-workspace",
    provider: "BITBUCKET_CLOUD",
    vcsIntegration: { id: "main", isDefault: true },
    vendorConfig: { __typename: "StackConfigVendorTerraform", ...TERRAFORM, workflowTool: "TERRAFORM_FOSS" },
    integrations: { aws: { generateCredentialsInWorker: false }, driftDetection: null, webhooks: [] },
    labels: [],
    afterApply: [],
    workerPool: null,
    deleting: false,
  });
  const read = await spacelift.request(`query($id:ID!){stack(id: $id){${STACK}}}`, { id: "payments-prod" });
  expect(read.data.stack).toEqual(created.data.stackCreate);
  const input = { ...STACK_INPUT, labels: ["a"], space: "team", afterInit: ["x"], projectRoot: "p", workerPool: "01POOL" };
  const updated = await spacelift.request(`mutation($id:ID!$input:StackInput!){stackUpdate(id: $id, input: $input){${STACK}}}`, {
    id: "payments-prod",
    input,
  });
  expect(updated.data.stackUpdate).toMatchObject({
    labels: ["a"],
    space: "team",
    afterInit: ["x"],
    projectRoot: "p",
    workerPool: { id: "01POOL" },
  });
  const search = {
    first: 50,
    after: null,
    predicates: [{ field: "label", constraint: { booleanEquals: null, enumEquals: null, stringMatches: ["a"] } }],
  };
  const page = `query($input:SearchInput!){searchStacks(input: $input){edges{node{${STACK}}},pageInfo{endCursor,hasNextPage,hasPreviousPage}}}`;
  expect((await spacelift.request(page, { input: search })).data.searchStacks.edges).toEqual([{ node: updated.data.stackUpdate }]);
  const deleted = await spacelift.request(`mutation($id:ID!){stackDelete(id: $id){${STACK}}}`, { id: "payments-prod" });
  expect(deleted.data.stackDelete).toMatchObject({ id: "payments-prod", deleting: false });
});

it.each([
  ["opentofu", { version: "1.9.0" }, { __typename: "StackConfigVendorOpenTofu", openTofuWorkflowTool: "OPEN_TOFU", version: "1.9.0" }],
  ["ansible", { playbook: "a.yml" }, { __typename: "StackConfigVendorAnsible", playbook: "a.yml" }],
  ["kubernetes", { namespace: "n" }, { __typename: "StackConfigVendorKubernetes", namespace: "n", kubectlVersion: null }],
  ["terragrunt", { useRunAll: true }, { __typename: "StackConfigVendorTerragrunt", useRunAll: true, tool: null }],
  ["pulumi", { loginURL: "l", stackName: "s" }, { __typename: "StackConfigVendorPulumi", loginURL: "l", stackName: "s" }],
  ["cloudFormation", { stackName: "s", region: "r" }, { __typename: "StackConfigVendorCloudFormation", stackName: "s", region: "r" }],
])("shows the settings of a stack of %s", async (vendor, settings, shown) => {
  const { data, errors } = await createStack({
    provider: "GITHUB",
    vendorConfig: { ...STACK_INPUT.vendorConfig, terraform: null, [vendor]: settings },
  });
  expect(errors).toEqual([]);
  expect(data.stackCreate.vendorConfig).toMatchObject(shown);
});

it("finds the stack of a current Space, and null for the module", async () => {
  await createStack({ provider: "GITHUB" });
  const { data, errors } = await spacelift.request(`query($id:ID!){stack(id: $id){${STACK}},module(id: $id){${MODULE}}}`, {
    id: "payments-prod",
  });
  expect(errors).toEqual([]);
  expect([data.stack.id, data.module]).toEqual(["payments-prod", null]);
});

it("creates and updates a module like the provider", async () => {
  await createPayments(spacelift);
  await createPayments(spacelift, { name: "Main", spaceID: "root", isDefault: true });
  const common = {
    administrative: false,
    description: null,
    labels: null,
    localPreviewEnabled: false,
    projectRoot: null,
    gitSparseCheckoutPaths: null,
  };
  const more = { protectFromDeletion: false, runnerImage: null, sharedAccounts: null, workerPool: null };
  const source = { namespace: "acme-workspace", provider: "BITBUCKET_CLOUD", repository: "terraform-aws-vpc", repositoryURL: null };
  const input = {
    updateInput: { ...common, ...more, branch: "main", space: "team" },
    ...source,
    name: null,
    terraformProvider: null,
    space: "team",
    vcsIntegrationId: "payments",
    workflowTool: null,
  };
  const created = await spacelift.request(`mutation($input:ModuleCreateInput!){moduleCreate(input: $input){${MODULE}}}`, { input });
  expect(created.errors).toEqual([]);
  expect(created.data.moduleCreate).toMatchObject({
    id: "terraform-aws-vpc",
    name: "vpc",
    terraformProvider: "aws",
    workflowTool: "TERRAFORM_FOSS",
  });
  const flat = { ...common, ...more, ...source, branch: "main", description: "d", labels: ["a"], space: "team", vcsIntegrationId: null };
  const updated = await spacelift.request(
    `mutation($id:ID!$input:ModuleUpdateV2Input!){moduleUpdateV2(id: $id, input: $input){${MODULE}}}`,
    {
      id: "terraform-aws-vpc",
      input: { ...flat, workflowTool: "TERRAFORM_FOSS" },
    },
  );
  expect(updated.data.moduleUpdateV2).toMatchObject({
    description: "d",
    labels: ["a"],
    vcsIntegration: { id: "main", isDefault: true },
    moduleShares: [],
  });
});

it("creates, reads, updates and deletes a Data Center integration like the provider", async () => {
  const hosts = { apiHost: "http://127.0.0.1:7990/", userFacingHost: "http://127.0.0.1:7990", username: "svc", accessToken: "t" };
  const custom = {
    name: "Payments DC",
    spaceID: "",
    labels: null,
    description: "",
    isDefault: false,
    vcsChecks: "INDIVIDUAL",
    useGitCheckout: null,
  };
  const created = await spacelift.request(
    "mutation($accessToken:String!$apiHost:String!$customInput:CustomVCSInput$userFacingHost:String!$username:String)" +
      "{bitbucketDatacenterIntegrationCreate(apiHost: $apiHost, userFacingHost: $userFacingHost, username: $username, " +
      `accessToken: $accessToken, customInput: $customInput){${DC}}}`,
    { ...hosts, customInput: custom },
  );
  expect(created.errors).toEqual([]);
  const { accessToken: _, ...shown } = hosts;
  const first = created.data.bitbucketDatacenterIntegrationCreate as Record<string, unknown>;
  expect(first).toMatchObject({ id: "payments-dc", name: "Payments DC", space: { id: "root" }, labels: [], ...shown });
  const updated = await spacelift.request(
    "mutation($accessToken:String$apiHost:String!$customInput:CustomVCSUpdateInput$userFacingHost:String!$username:String)" +
      "{bitbucketDatacenterIntegrationUpdate(apiHost: $apiHost, userFacingHost: $userFacingHost, username: $username, " +
      `accessToken: $accessToken, customInput: $customInput){${DC}}}`,
    {
      ...hosts,
      apiHost: "private://pool-a",
      customInput: { id: "payments-dc", space: "team", labels: ["a"], description: "x", vcsChecks: "AGGREGATED", useGitCheckout: null },
    },
  );
  const changed = { apiHost: "private://pool-a", space: { id: "team" }, labels: ["a"], description: "x", vcsChecks: "AGGREGATED" };
  expect(updated.data.bitbucketDatacenterIntegrationUpdate).toEqual({ ...first, ...changed });
  const read = await spacelift.request(`query($id:ID!){bitbucketDatacenterIntegration(id: $id){${DC}}}`, { id: "payments-dc" });
  expect(read.data.bitbucketDatacenterIntegration).toEqual(updated.data.bitbucketDatacenterIntegrationUpdate);
  const deleted = await spacelift.request(`mutation($id:ID!){bitbucketDatacenterIntegrationDelete(id: $id){${DC}}}`, { id: "payments-dc" });
  expect(deleted.data.bitbucketDatacenterIntegrationDelete).toEqual(updated.data.bitbucketDatacenterIntegrationUpdate);
});

it("reads the default Cloud integration like the provider's data source", async () => {
  const query = `query($id:ID!){bitbucketCloudIntegration(id: $id){${CLOUD}}}`;
  expect((await spacelift.request(query, { id: "" })).data).toEqual({ bitbucketCloudIntegration: null });
  await createPayments(spacelift, { name: "Main", spaceID: "root", isDefault: true });
  expect((await spacelift.request(query, { id: "" })).data.bitbucketCloudIntegration).toMatchObject({ id: "main", space: { id: "root" } });
});

it("creates, reads, updates and deletes a VCS agent pool like the provider", async () => {
  const fields = "id,config,description,name";
  const create = `mutation($description:String$name:String!){vcsAgentPoolCreate(name: $name, description: $description){${fields}}}`;
  const { id, config } = (await spacelift.request(create, { name: "pool-a", description: null })).data.vcsAgentPoolCreate;
  expect([id, config]).toEqual([expect.stringMatching(/^[0-9A-Z]{26}$/), expect.stringMatching(/./)]);
  expect((await spacelift.request(create, { name: "pool-a" })).errors[0]?.message).toMatch(/a pool with the name "pool-a" already exists/);
  const update = `mutation($description:String$id:ID!$name:String!){vcsAgentPoolUpdate(id: $id, name: $name, description: $description){${fields}}}`;
  const pool = { id, config: null, description: "d", name: "pool-b" };
  expect((await spacelift.request(update, { id, name: "pool-b", description: "d" })).data.vcsAgentPoolUpdate).toEqual(pool);
  expect((await spacelift.request(update, { id: "gone", name: "x" })).errors[0]?.message).toBe("not found");
  expect((await spacelift.request(`{vcsAgentPools(){${fields}}}`)).data.vcsAgentPools).toEqual([pool]);
  expect((await spacelift.request(`query($id:ID!){vcsAgentPool(id: $id){${fields}}}`, { id })).data.vcsAgentPool).toEqual(pool);
  const remove = `mutation($id:ID!){vcsAgentPoolDelete(id: $id){${fields}}}`;
  expect((await spacelift.request(remove, { id }, "TEAM")).errors[0]?.message).toBe("unauthorized");
  expect((await spacelift.request(remove, { id })).data.vcsAgentPoolDelete).toEqual(pool);
  expect((await spacelift.request(remove, { id })).data.vcsAgentPoolDelete).toBeNull();
});
