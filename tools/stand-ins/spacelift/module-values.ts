/** What the published provider stores of the answer for a module. */
import type { Values } from "../runtime/sdk-plan";
import { vcsValues, type VcsAnswer } from "./vcs-source";

interface Share {
  readonly to: { readonly account: { readonly subdomain: string }; readonly space: { readonly id: string } | null };
}

/** A module in an answer. */
export interface ModuleAnswer extends VcsAnswer {
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
export function moduleValues(answer: ModuleAnswer): Values {
  const shares = answer.moduleShares ?? [];
  return {
    id: answer.id,
    aws_assume_role_policy_statement: answer.integrations?.aws?.assumeRolePolicyStatement ?? "",
    administrative: answer.administrative ?? false,
    branch: answer.branch ?? "",
    name: answer.name ?? "",
    enable_local_preview: answer.localPreviewEnabled ?? false,
    protect_from_deletion: answer.protectFromDeletion ?? false,
    public: answer.public ?? false,
    repository: answer.repository ?? "",
    terraform_provider: answer.terraformProvider ?? "",
    space_id: answer.space ?? "",
    ...(answer.description !== null && { description: answer.description }),
    ...(answer.projectRoot !== null && { project_root: answer.projectRoot }),
    ...(answer.runnerImage !== null && { runner_image: answer.runnerImage }),
    ...(answer.workflowTool !== null && { workflow_tool: answer.workflowTool }),
    git_sparse_checkout_paths: answer.gitSparseCheckoutPaths ?? [],
    ...vcsValues(answer, [{ id: "", namespace: "", is_default: false }]),
    labels: answer.labels ?? [],
    shared_accounts: shares.flatMap(({ to }) => (to.space === null ? [to.account.subdomain] : [])),
    space_shares: shares.flatMap(({ to }) => (to.space === null ? [] : [to.space.id])),
    worker_pool_id: answer.workerPool?.id ?? null,
  };
}
