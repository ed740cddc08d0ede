/** `spacelift_stack` of the published provider, for stacks that run Terraform and read their code from Bitbucket. */
import { gone } from "../../../packages/terraform-plugin";
import { setTimeout as wait } from "node:timers/promises";
import { published, reasonOf } from "../runtime/catalog";
import { FailedAfter, publishedResource } from "../runtime/published-resource";
import type { PlanRules, Values } from "../runtime/sdk-plan";
import { attempt, attemptChange } from "./attempt";
import { STACK_FIELDS } from "./consumer-fields";
import { emptyText } from "./empty-texts";
import type { GraphqlClient } from "./graphql-client";
import { resourceSchema } from "./schemas";
import { stackInput } from "./stack-input";
import { stackValues, type StackResponse } from "./stack-values";
import { conflictOfSources, keepDefaultIntegration, NAMESPACES } from "./vcs-source";

const CREATE = `mutation($input:StackInput!$manageState:Boolean!$slug:String$stackObjectID:String){stackCreate(input: $input, manageState: $manageState, stackObjectID: $stackObjectID, slug: $slug)${STACK_FIELDS}}`;
const READ = `query($id:ID!){stack(id: $id)${STACK_FIELDS}}`;
const UPDATE = `mutation($id:ID!$input:StackInput!){stackUpdate(id: $id, input: $input)${STACK_FIELDS}}`;
const DELETE = `mutation($id:ID!){stackDelete(id: $id)${STACK_FIELDS}}`;
const POLL_MILLISECONDS = 5_000;

const DEFAULTS = {
  administrative: false,
  autodeploy: false,
  autoretry: false,
  enable_local_preview: false,
  enable_well_known_secret_masking: false,
  enable_sensitive_outputs_upload: true,
  allow_run_promotion: true,
  github_action_deploy: true,
  manage_state: true,
  protect_from_deletion: false,
  terraform_external_state_access: false,
  terraform_smart_sanitization: false,
};

const HOOKS = ["apply", "destroy", "init", "perform", "plan"];
const FILLED = [
  ...["name", "branch", "repository", "after_run", ...NAMESPACES],
  ...["before", "after"].flatMap((time) => HOOKS.map((phase) => `${time}_${phase}`)),
];

export const stack = publishedResource<GraphqlClient>({
  type: "stack",
  schema: resourceSchema("spacelift_stack"),
  replacing: ["manage_state", "slug"],
  defaults: DEFAULTS,
  suppress: suppressDifferences,
  validate: (config) => emptyText(config, FILLED) ?? conflictOfSources(config) ?? conflictOfPromotion(config),

  async create({ api, data, config }) {
    const slug = data.textOrNull("slug");
    const variables = { input: stackInput(data, config), manageState: data.flag("manage_state"), slug, stackObjectID: null };
    const created = await attemptChange("could not create stack", api.mutate<StackResponse>("StackCreate", CREATE, variables));
    const id = created?.id ?? "";
    const set = await readStack(api, id).catch((thrown: unknown) => {
      throw new FailedAfter(reasonOf(thrown), { id });
    });
    if (set === undefined) throw published("Root object was present, but now absent.");
    return set;
  },

  async read({ api, data }) {
    const id = data.text("id");
    // An import reads the stack twice, and has its own error.
    if (data.value("name") === null && (await readStack(api, id)) === undefined) {
      throw published(`stack with ID ${JSON.stringify(id)} does not exist (or you may not have access to it)`);
    }
    return (await readStack(api, id)) ?? gone;
  },

  async update({ api, data, config }) {
    const id = data.text("id");
    const call = api.mutate("StackUpdate", UPDATE, { id, input: stackInput(data, config) });
    const failure = await attemptChange("could not update stack", call).then(() => undefined, reasonOf);
    // The provider reads the stack even after an error.
    const set = (await readStack(api, id)) ?? {};
    if (failure !== undefined) throw new FailedAfter(failure, set);
    return set;
  },

  async delete({ api, data }) {
    const id = data.text("id");
    const deleted = await attemptChange("could not delete stack", api.mutate<StackResponse>("StackDelete", DELETE, { id }));
    if (deleted?.deleting !== true) return;
    for (;;) {
      await wait(POLL_MILLISECONDS);
      const left = await attempt("could not query for stack", api.query<StackResponse>("StackCheckState", READ, { id }));
      if (left === null) return;
      if (left.deleting !== true) throw published(`destruction of stack ${id} unsuccessful`);
    }
  },
});

async function readStack(api: GraphqlClient, id: string): Promise<Values | undefined> {
  const response = await attempt("could not query for stack", api.query<StackResponse>("StackRead", READ, { id }));
  return response === null ? undefined : stackValues(response);
}

/** Two names for one setting. */
function conflictOfPromotion(config: Values): string | undefined {
  const isWritten = (name: string) => (config[name] ?? null) !== null;
  if (!isWritten("allow_run_promotion") || !isWritten("github_action_deploy")) return undefined;
  return '"allow_run_promotion": conflicts with github_action_deploy';
}

/** Of two names for one setting, only the written one counts; what is imported at creation is ignored later. */
function suppressDifferences(planned: Parameters<NonNullable<PlanRules["suppress"]>>[0], change: { prior: Values; config: Values }): void {
  const { prior, config } = change;
  keepDefaultIntegration(planned, change);
  const isWritten = (name: string) => (config[name] ?? null) !== null;
  if (isWritten("allow_run_promotion")) planned["github_action_deploy"] = prior["github_action_deploy"] ?? null;
  if (isWritten("github_action_deploy")) planned["allow_run_promotion"] = prior["allow_run_promotion"] ?? null;
  for (const name of ["import_state", "import_state_file"]) planned[name] = prior[name] ?? null;
}
