// Lets the emulated Spacelift read code from the two emulated Bitbucket products with the credential of an integration.
import type { ReadableRepository } from "./core/code-host";
import type { BitbucketCloud } from "./services/bitbucket-cloud";
import type { BitbucketDatacenter } from "./services/bitbucket-datacenter";
import type { IntegrationCredential, SourceCode } from "./services/spacelift";

interface Product {
  check(reader: IntegrationCredential): string | undefined;
  list(reader: IntegrationCredential): readonly ReadableRepository[];
}

/** @param datacenterUrl with its context path; known once the service listens */
export function createSourceCode(cloud: BitbucketCloud, datacenter: BitbucketDatacenter, datacenterUrl: () => string): SourceCode {
  const products = {
    BITBUCKET_CLOUD: {
      check: (reader) => cloud.checkCredential(reader),
      list: (reader) => cloud.listReadable(reader),
    },
    BITBUCKET_DATACENTER: {
      check: (reader) => checkHost(reader.apiHost ?? "", datacenterUrl()) ?? datacenter.checkCredential(reader),
      list: (reader) => datacenter.listReadable(reader),
    },
  } satisfies Record<Parameters<SourceCode["checkCredential"]>[0], Product>;
  return {
    checkCredential: (provider, reader) => products[provider].check(reader),
    listRepositories: (provider, reader) => products[provider].list(reader),
    listBranches: (provider, reader, namespace, repository) => {
      const fullName = joinName({ namespace, repository });
      return products[provider].list(reader).find((candidate) => joinName(candidate) === fullName)?.branches;
    },
  };
}

/** Both products accept names in any case. */
function joinName({ namespace, repository }: Pick<ReadableRepository, "namespace" | "repository">): string {
  return `${namespace}/${repository}`.toLowerCase();
}

/** An agent of any pool reaches this sandbox's Data Center; Spacelift itself reaches it only at its own address. */
function checkHost(apiHost: string, url: string): string | undefined {
  if (apiHost.startsWith("private://") || apiHost.replace(/\/+$/, "") === url) return undefined;
  return `the host ${apiHost} could not be reached`;
}
