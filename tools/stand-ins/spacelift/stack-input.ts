/** The input that the published provider sends for a stack: every key, in its order. */
import { published } from "../runtime/catalog";
import type { ResourceData } from "../runtime/resource-data";
import { vcsInput } from "./vcs-source";

const OTHER_VENDORS = ["ansible", "cloudformation", "kubernetes", "opentofu", "pulumi", "terragrunt"];
const UNSUPPORTED = ["import_state", "import_state_file"];

export function stackInput(data: ResourceData, config: ResourceData): object {
  const refused = [
    ...OTHER_VENDORS.filter((name) => data.block(name) !== undefined),
    ...UNSUPPORTED.filter((name) => config.text(name) !== ""),
  ];
  if (refused.length > 0) {
    throw published(`This program stands in for the published provider, and does not support ${refused.join(", ")}.`);
  }
  const { provider, namespace, vcsIntegrationId } = vcsInput(data);
  const promotion = config.value("allow_run_promotion") === null ? "github_action_deploy" : "allow_run_promotion";
  return {
    administrative: data.flag("administrative"),
    afterApply: data.list("after_apply"),
    afterDestroy: data.list("after_destroy"),
    afterInit: data.list("after_init"),
    afterPerform: data.list("after_perform"),
    afterPlan: data.list("after_plan"),
    afterRun: data.list("after_run"),
    autodeploy: data.flag("autodeploy"),
    autoretry: data.flag("autoretry"),
    beforeApply: data.list("before_apply"),
    beforeDestroy: data.list("before_destroy"),
    beforeInit: data.list("before_init"),
    beforePerform: data.list("before_perform"),
    beforePlan: data.list("before_plan"),
    branch: data.text("branch"),
    description: data.textOrNull("description"),
    githubActionDeploy: data.flag(promotion),
    labels: data.setOrNull("labels"),
    localPreviewEnabled: data.flag("enable_local_preview"),
    enableWellKnownSecretMasking: data.flag("enable_well_known_secret_masking"),
    enableSensitiveOutputUpload: data.flag("enable_sensitive_outputs_upload"),
    name: data.text("name"),
    namespace,
    projectRoot: data.textOrNull("project_root"),
    additionalProjectGlobs: data.setOrNull("additional_project_globs"),
    gitSparseCheckoutPaths: data.setOrNull("git_sparse_checkout_paths"),
    protectFromDeletion: data.flag("protect_from_deletion"),
    provider,
    repository: data.text("repository"),
    repositoryURL: null,
    runnerImage: data.textOrNull("runner_image"),
    space: data.textOrNull("space_id"),
    vcsIntegrationId,
    vendorConfig: vendorConfig(data, config),
    workerPool: data.textOrNull("worker_pool_id"),
  };
}

function vendorConfig(data: ResourceData, config: ResourceData): object {
  const terraform = {
    useSmartSanitization: data.flag("terraform_smart_sanitization"),
    version: config.value("terraform_version") === null ? null : data.textOrNull("terraform_version"),
    workflowTool: data.textOrNull("terraform_workflow_tool"),
    workspace: data.textOrNull("terraform_workspace"),
    externalStateAccessEnabled: data.flag("terraform_external_state_access"),
  };
  return { ansible: null, cloudFormation: null, kubernetes: null, opentofu: null, pulumi: null, terraform, terragrunt: null };
}
