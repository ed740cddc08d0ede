// What Spacelift asks Bitbucket with an integration's credential; the Bitbucket part of the sandbox may answer.
import { Refusal } from "./errors";
import type { BitbucketProvider, Integration } from "./state";

/** The credential that an integration holds, for whoever checks it. */
export type HeldCredential = Pick<Integration, "email" | "username" | "credential">;

/** Implemented by the Bitbucket part; without it no credential is ever bad and there are no repositories. */
export interface SourceCode {
  /** Undefined when the credential may read repositories, otherwise what is wrong. */
  check(provider: BitbucketProvider, credential: HeldCredential): string | undefined;
  repositories(provider: BitbucketProvider, credential: HeldCredential): readonly { namespace: string; repository: string }[];
  /** Undefined when there is no such repository, or none that the credential can see. */
  branches(provider: BitbucketProvider, credential: HeldCredential, namespace: string, repository: string): readonly string[] | undefined;
}

/** What is wrong with the credential, if anything. */
export function testCredential(sourceCode: SourceCode | undefined, { provider, ...integration }: Integration): string | undefined {
  return sourceCode?.check(provider, integration);
}

export function repositoriesOf(sourceCode: SourceCode | undefined, integration: Integration | undefined, filter: string) {
  if (sourceCode === undefined || integration === undefined) return [];
  refuseBad(sourceCode, integration);
  return sourceCode
    .repositories(integration.provider, integration)
    .filter(({ repository }) => repository.includes(filter))
    .map(({ namespace, repository }) => ({ id: repository, name: repository, namespace }));
}

export function branchesOf(
  sourceCode: SourceCode | undefined,
  integration: Integration | undefined,
  namespace: string,
  repository: string,
) {
  if (sourceCode === undefined || integration === undefined) return [];
  refuseBad(sourceCode, integration);
  const branches = sourceCode.branches(integration.provider, integration, namespace, repository);
  if (branches === undefined) throw new Refusal(`repository ${namespace}/${repository} could not be read`);
  return branches;
}

function refuseBad(sourceCode: SourceCode, integration: Integration): void {
  const complaint = sourceCode.check(integration.provider, integration);
  if (complaint !== undefined) throw new Refusal(complaint);
}
