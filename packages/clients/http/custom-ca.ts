/** Trust in a certificate authority of one's own, for one remote system: beside the authorities that Node.js trusts anyway, never in their place. */
import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { SecureContext } from "node:tls";
import { problem } from "../../domain";

/**
 * What connections to that system are made with.
 * @param pem one certificate or several
 * @throws Problem `provider-setting-invalid`: Node.js would ignore what it cannot read.
 */
export async function createTrust(pem: string): Promise<SecureContext> {
  // Tools that set variables like to write a line break as two letters.
  const own = certificatesIn(pem.includes("\n") ? pem : pem.replaceAll("\\n", "\n"));
  const { createSecureContext, rootCertificates } = await import("node:tls");
  const ca = [...rootCertificates, ...(await extraCertificates()), ...own];
  // The authority that signed the server's certificate is often one in between, and is trusted without the one above it. Node.js before 20.18 wants both.
  return createSecureContext({ ca, allowPartialTrustChain: true });
}

function certificatesIn(pem: string): readonly string[] {
  const found = pem.match(/-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END (TRUSTED |X509 )?CERTIFICATE-----/g) ?? [];
  if (found.length === 0) throw unreadable("There is no whole certificate in it.");
  for (const [index, certificate] of found.entries()) {
    try {
      new X509Certificate(certificate);
    } catch {
      throw unreadable(`Certificate ${String(index + 1)} of ${String(found.length)} in it cannot be read.`);
    }
  }
  return found;
}

function unreadable(why: string) {
  return problem(
    "provider-setting-invalid",
    {
      why: `ca_certificate (or BITBUCKET_DATACENTER_CA_CERTIFICATE) is no PEM text of a certificate. ${why}`,
      fix: "Give the certificate of your authority as a whole, with its lines BEGIN CERTIFICATE and END CERTIFICATE.",
    },
    { kind: "bad-input", execution: "no" },
  );
}

/** Node.js adds these to its own list, but not to one that it is given. */
async function extraCertificates(): Promise<readonly string[]> {
  const file = process.env["NODE_EXTRA_CA_CERTS"];
  if (!file) return [];
  try {
    return [await readFile(file, "utf8")];
  } catch {
    // Node.js has said so at its start, and gone on without.
    return [];
  }
}
