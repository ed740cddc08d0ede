// What Spacelift asks Bitbucket with an integration's credential; the Bitbucket part of the sandbox may answer.
import { Refusal } from "./errors";
import type { Account, BitbucketProvider, Integration } from "./state";

/** What an integration reads code with, and of Data Center where; for whoever checks it. */
export type HeldCredential = Pick<Integration, "email" | "username" | "credential" | "apiHost">;

/** Implemented by the Bitbucket part; without it no credential is ever bad and there are no repositories. */
export interface SourceCode {
  /** Undefined when the credential may read repositories, otherwise what is wrong. */
  check(provider: BitbucketProvider, credential: HeldCredential): string | undefined;
  repositories(provider: BitbucketProvider, credential: HeldCredential): readonly { namespace: string; repository: string }[];
  /** Undefined when there is no such repository, or none that the credential can see. */
  branches(provider: BitbucketProvider, credential: HeldCredential, namespace: string, repository: string): readonly string[] | undefined;
}

/** `private://<pool>`, with a path or without: the host is reached through an agent of that pool. */
const PRIVATE_HOST = /^private:\/\/([^/]*)/;

/** Who asks, and where the answers come from. */
export interface Asking {
  readonly account: Pick<Account, "agentPools">;
  readonly sourceCode: SourceCode | undefined;
}

/** What is wrong with the connection, if anything. */
export function testConnection({ account, sourceCode }: Asking, integration: Integration): string | undefined {
  const pool = PRIVATE_HOST.exec(integration.apiHost ?? "")?.[1];
  if (pool !== undefined && ![...account.agentPools.values()].some(({ name }) => name === pool)) {
    return `the account has no VCS agent pool "${pool}"`;
  }
  return sourceCode?.check(integration.provider, integration);
}

export function repositoriesOf(asking: Asking, integration: Integration | undefined, filter: string) {
  const { sourceCode } = asking;
  if (sourceCode === undefined || integration === undefined) return [];
  refuseBad(asking, integration);
  return sourceCode
    .repositories(integration.provider, integration)
    .filter(({ repository }) => repository.includes(filter))
    .map(({ namespace, repository }) => ({ id: repository, name: repository, namespace }));
}

export function branchesOf(asking: Asking, integration: Integration | undefined, namespace: string, repository: string) {
  const { sourceCode } = asking;
  if (sourceCode === undefined || integration === undefined) return [];
  refuseBad(asking, integration);
  const branches = sourceCode.branches(integration.provider, integration, namespace, repository);
  if (branches === undefined) throw new Refusal(`repository ${namespace}/${repository} could not be read`);
  return branches;
}

function refuseBad(asking: Asking, integration: Integration): void {
  const complaint = testConnection(asking, integration);
  if (complaint !== undefined) throw new Refusal(complaint);
}
