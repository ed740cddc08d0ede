/** Rule: the addresses in a provider block contain no user name or password. */
import type { Declarations, ProviderDeclaration } from "./declarations";
import type { Finding } from "./finding";

export function* loginsInAddresses({ providers }: Declarations): Generator<Finding> {
  for (const construct of providers) {
    for (const [name, address] of addressesOf(construct)) {
      if (!containsLogin(address)) continue;
      yield {
        construct,
        why: `${name} contains a user name or password.`,
        fix: "Remove it from the address, and pass it as a Credential.",
      };
    }
  }
}

/** Whether the address has a user name, with or without a password, before the host. A message must not contain such an address. */
export function containsLogin(address: unknown): boolean {
  return typeof address === "string" && /^[^/?#]*(\/\/)?[^/?#]*@/.test(address);
}

function addressesOf({ props: { spacelift, bitbucketCloud, bitbucketDatacenter } }: ProviderDeclaration): readonly [string, unknown][] {
  return [
    ["spacelift.endpoint", spacelift !== undefined && "endpoint" in spacelift ? spacelift.endpoint : undefined],
    ["bitbucketCloud.baseUrl", bitbucketCloud?.baseUrl],
    ["bitbucketDatacenter.url", bitbucketDatacenter?.url],
  ];
}
