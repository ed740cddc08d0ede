/** Reads the certificate of a private certificate authority: PEM text, or the path of a PEM file. */
import { readFileSync } from "node:fs";
import { problem } from "../../domain";
import type { PlacedValue } from "./http-address";

/** The PEM text. @throws Problem `provider-setting-invalid`; its message never includes a private key */
export function readCaCertificate(placed: PlacedValue): string {
  const { value } = placed;
  const text = value.includes("-----BEGIN") ? value : readPemFile(placed);
  if (text.includes("PRIVATE KEY")) throw invalidCertificate(placed, "contains a private key.");
  if (!/-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----/.test(text)) throw invalidCertificate(placed, "contains no certificate in PEM form.");
  return text;
}

function readPemFile(placed: PlacedValue): string {
  try {
    return readFileSync(placed.value, "utf8");
  } catch {
    throw invalidCertificate(placed, `is neither a certificate in PEM form nor a readable file: ${placed.value.slice(0, 200)}`);
  }
}

function invalidCertificate({ name, at }: PlacedValue, why: string) {
  return problem("provider-setting-invalid", {
    why: `${name} ${why}`,
    fix: `Set ${name} to the certificate of the authority that signed the server certificate: its PEM text (in Terraform, file("ca.pem")), or the path of the PEM file.`,
    at,
  });
}
