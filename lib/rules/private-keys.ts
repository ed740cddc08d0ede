/** Rule: the CA certificate of a login contains no private key. */
import type { Declarations } from "./declarations";
import type { Finding } from "./finding";
import { LOGIN_NAMES } from "./secrets";

export function* privateKeys({ providers }: Declarations): Generator<Finding> {
  for (const construct of providers) {
    for (const login of LOGIN_NAMES) {
      const certificate: unknown = construct.props[login]?.caCertificate;
      if (typeof certificate !== "string" || !certificate.includes("PRIVATE KEY")) continue;
      yield {
        construct,
        why: `${login}.caCertificate contains a private key.`,
        fix: "Pass only the certificate of the authority. A private key must not leave its server.",
      };
    }
  }
}
