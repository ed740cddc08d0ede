// What Spacelift reads from Bitbucket with the credential of an integration.
import { SpaceliftError } from "./errors";
import type { Account, BitbucketProvider, Integration } from "./state";

/** The credential with which an integration reads code; for Data Center also the host. */
export type IntegrationCredential = Pick<Integration, "email" | "username" | "credential" | "apiHost">;

/** Implemented by the emulated Bitbucket. Without an implementation, every credential is valid and no repository exists. */
export interface SourceCode {
  /** The reason why the credential cannot read repositories; undefined if it can. */
  checkCredential(provider: BitbucketProvider, credential: IntegrationCredential): string | undefined;
  listRepositories(provider: BitbucketProvider, credential: IntegrationCredential): readonly { namespace: string; repository: string }[];
  /** Undefined if the repository does not exist, or if the credential cannot see it. */
  listBranches(
    provider: BitbucketProvider,
    credential: IntegrationCredential,
    namespace: string,
    repository: string,
  ): readonly string[] | undefined;
}

/** `private://<pool>`, with or without a path: Spacelift reaches the host through an agent of that pool. */
const PRIVATE_HOST = /^private:\/\/([^/]*)/;

export interface SourceAccess {
  readonly account: Pick<Account, "agentPools">;
  readonly sourceCode: SourceCode | undefined;
}

/** The problem with the connection; undefined if it works. */
export function testConnection({ account, sourceCode }: SourceAccess, integration: Integration): string | undefined {
  const pool = PRIVATE_HOST.exec(integration.apiHost ?? "")?.[1];
  if (pool !== undefined && ![...account.agentPools.values()].some(({ name }) => name === pool)) {
    return `the account has no VCS agent pool "${pool}"`;
  }
  return sourceCode?.checkCredential(integration.provider, integration);
}

export function listRepositories(access: SourceAccess, integration: Integration | undefined, filter: string) {
  const { sourceCode } = access;
  if (sourceCode === undefined || integration === undefined) return [];
  requireConnection(access, integration);
  return sourceCode
    .listRepositories(integration.provider, integration)
    .filter(({ repository }) => repository.includes(filter))
    .map(({ namespace, repository }) => ({ id: repository, name: repository, namespace }));
}

export function listBranches(access: SourceAccess, integration: Integration | undefined, namespace: string, repository: string) {
  const { sourceCode } = access;
  if (sourceCode === undefined || integration === undefined) return [];
  requireConnection(access, integration);
  const branches = sourceCode.listBranches(integration.provider, integration, namespace, repository);
  if (branches === undefined) throw new SpaceliftError(`repository ${namespace}/${repository} could not be read`);
  return branches;
}

function requireConnection(access: SourceAccess, integration: Integration): void {
  const problem = testConnection(access, integration);
  if (problem !== undefined) throw new SpaceliftError(problem);
}
