/** `spacelift_module` of the published provider, for modules in Bitbucket. */
import { gone } from "../../../packages/terraform-plugin";
import { published, reasonOf } from "../runtime/catalog";
import { crash } from "../runtime/go-http";
import { FailedAfter, publishedResource, type Operation } from "../runtime/published-resource";
import type { ResourceData } from "../runtime/resource-data";
import type { Values } from "../runtime/sdk-plan";
import { attempt, attemptChange, changeError } from "./attempt";
import { MODULE_FIELDS } from "./consumer-fields";
import { emptyText } from "./empty-texts";
import type { GraphqlClient } from "./graphql-client";
import { moduleValues, type ModuleResponse } from "./module-values";
import { resourceSchema } from "./schemas";
import { conflictOfSources, keepDefaultIntegration, NAMESPACES, vcsInput } from "./vcs-source";

const SHARE_FIELDS = "{id,from{account{subdomain},space{id}},to{account{subdomain},space{id}},module{name,description,labels}}";
const CREATE = `mutation($input:ModuleCreateInput!){moduleCreate(input: $input)${MODULE_FIELDS}}`;
const READ = `query($id:ID!){module(id: $id)${MODULE_FIELDS}}`;
const UPDATE = `mutation($id:ID!$input:ModuleUpdateV2Input!){moduleUpdateV2(id: $id, input: $input)${MODULE_FIELDS}}`;
const PUBLISH = `mutation($id:ID!){modulePublish(id: $id)${MODULE_FIELDS}}`;
const SHARE = `mutation($id:ID!$input:ModuleShareInput!){moduleShare(id: $id, input: $input)${SHARE_FIELDS}}`;
const DELETE = `mutation($id:ID!){moduleDelete(id: $id)${MODULE_FIELDS}}`;

export const spaceliftModule = publishedResource<GraphqlClient>({
  type: "module",
  schema: resourceSchema("spacelift_module"),
  replacing: ["name", "terraform_provider", "public"],
  defaults: { administrative: false, enable_local_preview: false, protect_from_deletion: false, public: false },
  suppress: keepDefaultIntegration,
  validate: (config) => emptyText(config, ["repository", "labels", ...NAMESPACES]) ?? wrongName(config) ?? conflictOfSources(config),

  async create(operation) {
    const { api, data } = operation;
    const call = api.mutate<ModuleResponse>("ModuleCreate", CREATE, { input: createInput(data) });
    const created = await attemptChange("could not create module", call);
    if (created === null) return crash();
    try {
      if (data.flag("public")) {
        await attemptChange("could not make module public", api.mutate("ModulePublish", PUBLISH, { id: created.id }));
      }
      await attemptChange("could not set module shares", share(operation, created.id));
    } catch (thrown) {
      throw new FailedAfter(reasonOf(thrown), { id: created.id });
    }
    const set = await readModule(api, created.id).catch((thrown: unknown) => {
      throw new FailedAfter(reasonOf(thrown), { id: created.id });
    });
    if (set === undefined) throw published("Root object was present, but now absent.");
    return set;
  },

  read: async ({ api, data }) => (await readModule(api, data.text("id"))) ?? gone,

  async update(operation) {
    const { api, data } = operation;
    const id = data.text("id");
    const failures: string[] = [];
    const note = (thrown: unknown) => void failures.push(changeError(thrown));
    await api.mutate("ModuleUpdate", UPDATE, { id, input: updateInput(data) }).catch(note);
    await share(operation, id).catch(note);
    const set = (await readModule(api, id)) ?? {};
    if (failures.length > 0) throw new FailedAfter(failures.join("\n"), set);
    return set;
  },

  async delete({ api, data }) {
    await attemptChange("could not delete module", api.mutate("ModuleDelete", DELETE, { id: data.text("id") }));
  },
});

function wrongName({ name }: Values): string | undefined {
  if (typeof name !== "string" || /^[a-z][a-z0-9-_]*[a-z0-9]$/.test(name)) return undefined;
  return "invalid value for name (invalid name format: must start and end with lowercase letter and may only contain lowercase letters, digits, dashes and underscores)";
}

async function readModule(api: GraphqlClient, id: string): Promise<Values | undefined> {
  const response = await attempt("could not query for module", api.query<ModuleResponse>("ModuleRead", READ, { id }));
  return response === null ? undefined : moduleValues(response);
}

/** Only a change of the shares with Spaces sends them. */
async function share({ api, data, prior }: Operation<GraphqlClient>, id: string): Promise<void> {
  const spaces = data.set("space_shares");
  if (JSON.stringify(spaces) === JSON.stringify(prior.set("space_shares"))) return;
  const variables = { id, input: { accounts: data.set("shared_accounts"), spaces } };
  await attemptChange("could not set module shares", api.mutate("ModuleShare", SHARE, variables));
}

function createInput(data: ResourceData): object {
  const { provider, namespace, vcsIntegrationId } = vcsInput(data);
  return {
    updateInput: settings(data),
    name: data.textOrNull("name"),
    namespace,
    provider,
    repository: data.text("repository"),
    repositoryURL: null,
    terraformProvider: data.textOrNull("terraform_provider"),
    space: data.textOrNull("space_id"),
    vcsIntegrationId,
    workflowTool: data.textOrNull("workflow_tool"),
  };
}

function updateInput(data: ResourceData): object {
  const { provider, namespace, vcsIntegrationId } = vcsInput(data);
  const both = settings(data);
  return {
    administrative: both.administrative,
    branch: both.branch,
    description: both.description,
    labels: both.labels,
    localPreviewEnabled: both.localPreviewEnabled,
    namespace,
    projectRoot: both.projectRoot,
    gitSparseCheckoutPaths: both.gitSparseCheckoutPaths,
    protectFromDeletion: both.protectFromDeletion,
    provider,
    repository: data.text("repository"),
    repositoryURL: null,
    runnerImage: both.runnerImage,
    sharedAccounts: both.sharedAccounts,
    space: both.space,
    vcsIntegrationId,
    workerPool: both.workerPool,
    workflowTool: data.textOrNull("workflow_tool"),
  };
}

/** What both inputs contain, in the order of the first. */
function settings(data: ResourceData) {
  return {
    administrative: data.flag("administrative"),
    branch: data.text("branch"),
    description: data.textOrNull("description"),
    labels: data.setOrNull("labels"),
    localPreviewEnabled: data.flag("enable_local_preview"),
    projectRoot: data.textOrNull("project_root"),
    gitSparseCheckoutPaths: data.setOrNull("git_sparse_checkout_paths"),
    protectFromDeletion: data.flag("protect_from_deletion"),
    runnerImage: data.textOrNull("runner_image"),
    sharedAccounts: data.setOrNull("shared_accounts"),
    workerPool: data.textOrNull("worker_pool_id"),
    space: data.textOrNull("space_id"),
  };
}
