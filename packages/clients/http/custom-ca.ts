/** Trust in an additional certificate authority for one remote system, on top of the authorities that Node.js trusts. */
import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { SecureContext } from "node:tls";
import { problem } from "../../domain";

/**
 * Creates the TLS context for connections to that system.
 * @param pem one or more certificates
 * @throws Problem `provider-setting-invalid`, because Node.js would ignore certificates that it cannot read
 */
export async function createTrust(pem: string): Promise<SecureContext> {
  // Tools that set variables often write a line break as the two characters \n.
  const additional = parseCertificates(pem.includes("\n") ? pem : pem.replaceAll("\\n", "\n"));
  const { createSecureContext, rootCertificates } = await import("node:tls");
  const ca = [...rootCertificates, ...(await extraCertificates()), ...additional];
  // People often configure only the intermediate authority that signed the server's certificate. Node.js before 20.18 requires its root as well.
  return createSecureContext({ ca, allowPartialTrustChain: true });
}

function parseCertificates(pem: string): readonly string[] {
  const certificates = pem.match(/-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END (TRUSTED |X509 )?CERTIFICATE-----/g) ?? [];
  if (certificates.length === 0) throw unreadableProblem("It contains no complete certificate.");
  for (const [index, certificate] of certificates.entries()) {
    try {
      new X509Certificate(certificate);
    } catch {
      throw unreadableProblem(`Certificate ${index + 1} of ${certificates.length} cannot be read.`);
    }
  }
  return certificates;
}

function unreadableProblem(reason: string) {
  return problem(
    "provider-setting-invalid",
    {
      why: `ca_certificate (or BITBUCKET_DATACENTER_CA_CERTIFICATE) is not a certificate in PEM form. ${reason}`,
      fix: "Use the complete certificate of your authority, including the lines BEGIN CERTIFICATE and END CERTIFICATE.",
    },
    { kind: "bad-input", execution: "no" },
  );
}

/** Node.js adds these to its own list of authorities, but not to one that is passed to it. */
async function extraCertificates(): Promise<readonly string[]> {
  const file = process.env["NODE_EXTRA_CA_CERTS"];
  if (!file) return [];
  try {
    return [await readFile(file, "utf8")];
  } catch {
    // Node.js has already printed a warning at its start, and continues without the file.
    return [];
  }
}
