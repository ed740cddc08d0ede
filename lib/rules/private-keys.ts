/** Rule: the CA certificate of a server contains no private key. */
import type { Declarations } from "./declarations";
import type { Finding } from "./finding";

export function* privateKeys({ providers }: Declarations): Generator<Finding> {
  for (const construct of providers) {
    const certificate: unknown = construct.props.bitbucketDatacenter?.caCertificate;
    if (typeof certificate !== "string" || !certificate.includes("PRIVATE KEY")) continue;
    yield {
      construct,
      why: "bitbucketDatacenter.caCertificate contains a private key.",
      fix: "Pass only the certificate of the authority. A private key must not leave its server.",
    };
  }
}
