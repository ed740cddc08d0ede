// What the emulated Spacelift learns from the two emulated products of Bitbucket with an integration's credential.
import type { BitbucketCloud } from "./bitbucket-cloud";
import type { BitbucketDatacenter } from "./bitbucket-datacenter";
import type { ReadableRepository } from "./reader";
import type { HeldCredential, SourceCode } from "./spacelift";

interface Product {
  check(reader: HeldCredential): string | undefined;
  readable(reader: HeldCredential): readonly ReadableRepository[];
  /** Whether two namespaces are one. */
  isSame(one: string, other: string): boolean;
}

/** @param datacenterUrl with its context path; known once the service listens */
export function sourceCodeOf(cloud: BitbucketCloud, datacenter: BitbucketDatacenter, datacenterUrl: () => string): SourceCode {
  const products = {
    BITBUCKET_CLOUD: {
      check: (reader) => cloud.checkReader(reader),
      readable: (reader) => cloud.readable(reader),
      isSame: (one, other) => one === other,
    },
    BITBUCKET_DATACENTER: {
      check: (reader) => hostComplaint(reader.apiHost ?? "", datacenterUrl()) ?? datacenter.checkReader(reader),
      readable: (reader) => datacenter.readable(reader),
      isSame: (one, other) => one.toUpperCase() === other.toUpperCase(),
    },
  } satisfies Record<Parameters<SourceCode["check"]>[0], Product>;
  return {
    check: (provider, reader) => products[provider].check(reader),
    repositories: (provider, reader) => products[provider].readable(reader),
    branches: (provider, reader, namespace, repository) => {
      const { readable, isSame } = products[provider];
      return readable(reader).find((one) => isSame(one.namespace, namespace) && one.repository === repository)?.branches;
    },
  };
}

/** Agents of whatever pool reach this sandbox's Data Center; Spacelift itself reaches it under its own address and no other. */
function hostComplaint(apiHost: string, url: string): string | undefined {
  if (apiHost.startsWith("private://") || apiHost.replace(/\/+$/, "") === url) return undefined;
  return `the host ${apiHost} could not be reached`;
}
