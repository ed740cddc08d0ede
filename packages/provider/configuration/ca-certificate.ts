/** Reads the certificate of a private certificate authority: PEM text, or the path of a PEM file. */
import { readFileSync } from "node:fs";
import { problem } from "../../domain";

/** The PEM text. @throws Problem `provider-setting-invalid`; its message never includes a private key */
export function readCaCertificate(value: string): string {
  const text = value.includes("-----BEGIN") ? value : readPemFile(value);
  if (text.includes("PRIVATE KEY")) throw invalidCertificate("It contains a private key.");
  if (!/-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----/.test(text)) throw invalidCertificate("It contains no certificate in PEM form.");
  return text;
}

function readPemFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw invalidCertificate(`It is neither a certificate in PEM form nor a readable file: ${path.slice(0, 200)}`);
  }
}

function invalidCertificate(why: string) {
  return problem("provider-setting-invalid", {
    why: `ca_certificate of Bitbucket Data Center cannot be used. ${why}`,
    fix: 'Set ca_certificate or BITBUCKET_DATACENTER_CA_CERTIFICATE to the certificate of the authority that signed the server certificate: its PEM text (file("ca.pem")) or the path of the PEM file.',
    at: ["bitbucket_datacenter", "ca_certificate"],
  });
}
