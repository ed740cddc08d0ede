/** What the published provider stores of the response for a stack. */
import type { Value } from "../../../packages/terraform-plugin";
import type { Values } from "../runtime/sdk-plan";
import { vcsValues, type VcsResponse } from "./vcs-source";

/** A stack in a response; the fields without a type of their own are copied. */
export interface StackResponse extends VcsResponse, Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly deleting: boolean | null;
  readonly workerPool: { readonly id: string } | null;
  readonly vendorConfig: Readonly<Record<string, Value>> | null;
  readonly integrations: { readonly aws: { readonly assumeRolePolicyStatement: string | null } | null };
}

const TEXTS = {
  branch: "branch",
  description: "description",
  name: "name",
  project_root: "projectRoot",
  repository: "repository",
  runner_image: "runnerImage",
  space_id: "space",
  slug: "id",
};
const FLAGS = {
  administrative: "administrative",
  autodeploy: "autodeploy",
  autoretry: "autoretry",
  enable_local_preview: "localPreviewEnabled",
  enable_well_known_secret_masking: "enableWellKnownSecretMasking",
  enable_sensitive_outputs_upload: "enableSensitiveOutputUpload",
  github_action_deploy: "githubActionDeploy",
  allow_run_promotion: "githubActionDeploy",
  manage_state: "managesStateFile",
  protect_from_deletion: "protectFromDeletion",
};
const LISTS = {
  after_apply: "afterApply",
  after_destroy: "afterDestroy",
  after_init: "afterInit",
  after_perform: "afterPerform",
  after_plan: "afterPlan",
  after_run: "afterRun",
  before_apply: "beforeApply",
  before_destroy: "beforeDestroy",
  before_init: "beforeInit",
  before_perform: "beforePerform",
  before_plan: "beforePlan",
  labels: "labels",
  additional_project_globs: "additionalProjectGlobs",
  git_sparse_checkout_paths: "gitSparseCheckoutPaths",
};

export function stackValues(response: StackResponse): Values {
  const copied = (fields: Readonly<Record<string, string>>, zero: Value) =>
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, (response[field] ?? zero) as Value] as const));
  const vendor = response.vendorConfig ?? {};
  return {
    id: response.id,
    ...copied(TEXTS, ""),
    ...copied(FLAGS, false),
    ...copied(LISTS, []),
    ...vcsValues(response, []),
    aws_assume_role_policy_statement: response.integrations.aws?.assumeRolePolicyStatement ?? "",
    terraform_smart_sanitization: vendor["useSmartSanitization"] ?? false,
    terraform_version: vendor["version"] ?? "",
    terraform_workflow_tool: vendor["workflowTool"] ?? "",
    terraform_workspace: vendor["workspace"] ?? "",
    terraform_external_state_access: vendor["externalStateAccessEnabled"] ?? false,
    worker_pool_id: response.workerPool?.id ?? "",
  };
}
