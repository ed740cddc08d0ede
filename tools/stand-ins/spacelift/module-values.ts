/** What the published provider stores of the response for a module. */
import type { Values } from "../runtime/sdk-plan";
import { vcsValues, type VcsResponse } from "./vcs-source";

interface Share {
  readonly to: { readonly account: { readonly subdomain: string }; readonly space: { readonly id: string } | null };
}

/** A module in a response. */
export interface ModuleResponse extends VcsResponse {
  readonly id: string;
  readonly administrative: boolean | null;
  readonly branch: string | null;
  readonly description: string | null;
  readonly integrations: { readonly aws: { readonly assumeRolePolicyStatement: string | null } | null } | null;
  readonly labels: readonly string[] | null;
  readonly localPreviewEnabled: boolean | null;
  readonly moduleShares: readonly Share[] | null;
  readonly name: string | null;
  readonly projectRoot: string | null;
  readonly gitSparseCheckoutPaths: readonly string[] | null;
  readonly protectFromDeletion: boolean | null;
  readonly public: boolean | null;
  readonly repository: string | null;
  readonly runnerImage: string | null;
  readonly space: string | null;
  readonly terraformProvider: string | null;
  readonly workerPool: { readonly id: string } | null;
  readonly workflowTool: string | null;
}

/** A null text is not stored, so that the state keeps what it has. */
export function moduleValues(response: ModuleResponse): Values {
  const shares = response.moduleShares ?? [];
  return {
    id: response.id,
    aws_assume_role_policy_statement: response.integrations?.aws?.assumeRolePolicyStatement ?? "",
    administrative: response.administrative ?? false,
    branch: response.branch ?? "",
    name: response.name ?? "",
    enable_local_preview: response.localPreviewEnabled ?? false,
    protect_from_deletion: response.protectFromDeletion ?? false,
    public: response.public ?? false,
    repository: response.repository ?? "",
    terraform_provider: response.terraformProvider ?? "",
    space_id: response.space ?? "",
    ...(response.description !== null && { description: response.description }),
    ...(response.projectRoot !== null && { project_root: response.projectRoot }),
    ...(response.runnerImage !== null && { runner_image: response.runnerImage }),
    ...(response.workflowTool !== null && { workflow_tool: response.workflowTool }),
    git_sparse_checkout_paths: response.gitSparseCheckoutPaths ?? [],
    ...vcsValues(response, [{ id: null, namespace: null, is_default: null }]),
    labels: response.labels ?? [],
    shared_accounts: shares.flatMap(({ to }) => (to.space === null ? [to.account.subdomain] : [])),
    space_shares: shares.flatMap(({ to }) => (to.space === null ? [] : [to.space.id])),
    worker_pool_id: response.workerPool?.id ?? "",
  };
}
