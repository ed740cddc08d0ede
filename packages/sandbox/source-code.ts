// What the emulated Spacelift learns from the two emulated products of Bitbucket with an integration's credential.
import type { BitbucketCloud } from "./services/bitbucket-cloud";
import type { BitbucketDatacenter } from "./services/bitbucket-datacenter";
import type { ReadableRepository } from "./core/code-host";
import type { HeldCredential, SourceCode } from "./services/spacelift";

interface Product {
  check(reader: HeldCredential): string | undefined;
  readable(reader: HeldCredential): readonly ReadableRepository[];
}

/** @param datacenterUrl with its context path; known once the service listens */
export function createSourceCode(cloud: BitbucketCloud, datacenter: BitbucketDatacenter, datacenterUrl: () => string): SourceCode {
  const products = {
    BITBUCKET_CLOUD: {
      check: (reader) => cloud.checkCredential(reader),
      readable: (reader) => cloud.listReadable(reader),
    },
    BITBUCKET_DATACENTER: {
      check: (reader) => hostComplaint(reader.apiHost ?? "", datacenterUrl()) ?? datacenter.checkCredential(reader),
      readable: (reader) => datacenter.listReadable(reader),
    },
  } satisfies Record<Parameters<SourceCode["check"]>[0], Product>;
  return {
    check: (provider, reader) => products[provider].check(reader),
    repositories: (provider, reader) => products[provider].readable(reader),
    branches: (provider, reader, namespace, repository) => {
      // Both products take names in any case.
      const wanted = `${namespace}/${repository}`.toLowerCase();
      return products[provider].readable(reader).find((one) => `${one.namespace}/${one.repository}`.toLowerCase() === wanted)?.branches;
    },
  };
}

/** Agents of whatever pool reach this sandbox's Data Center; Spacelift itself reaches it under its own address and no other. */
function hostComplaint(apiHost: string, url: string): string | undefined {
  if (apiHost.startsWith("private://") || apiHost.replace(/\/+$/, "") === url) return undefined;
  return `the host ${apiHost} could not be reached`;
}
