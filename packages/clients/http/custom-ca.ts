/** Trust in additional certificate authorities, on top of the authorities that Node.js trusts. */
import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { SecureContext } from "node:tls";
import { problem } from "../../domain";

/** What the settings of a remote system add to the authorities. */
export interface AdditionalAuthority {
  /** PEM text of one or more certificates; empty for none. */
  readonly pem: string;
  /** Where it is set, for messages. */
  readonly setting: string;
}

/**
 * Creates the TLS context for connections.
 * @param further certificates that need no check, because Node.js ignores those that it cannot read
 * @throws Problem `provider-setting-invalid` for an additional authority whose certificate cannot be read
 */
export async function createTrust({ pem, setting }: AdditionalAuthority, further: readonly string[]): Promise<SecureContext> {
  // Tools that set variables often write a line break as the two characters \n.
  const additional = pem === "" ? [] : parseCertificates(pem.includes("\n") ? pem : pem.replaceAll("\\n", "\n"), setting);
  const { createSecureContext, rootCertificates } = await import("node:tls");
  const ca = [...rootCertificates, ...(await extraCertificates()), ...further, ...additional];
  // People often configure only the intermediate authority that signed the server's certificate. Node.js before 20.18 requires its root as well.
  return createSecureContext({ ca, allowPartialTrustChain: true });
}

function parseCertificates(pem: string, setting: string): readonly string[] {
  const certificates = pem.match(/-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END (TRUSTED |X509 )?CERTIFICATE-----/g) ?? [];
  if (certificates.length === 0) throw unreadableProblem(setting, "It contains no complete certificate.");
  for (const [index, certificate] of certificates.entries()) {
    try {
      new X509Certificate(certificate);
    } catch {
      throw unreadableProblem(setting, `Certificate ${index + 1} of ${certificates.length} cannot be read.`);
    }
  }
  return certificates;
}

function unreadableProblem(setting: string, reason: string) {
  return problem(
    "provider-setting-invalid",
    {
      why: `${setting} is not a certificate in PEM form. ${reason}`,
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
