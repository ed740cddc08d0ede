/** Rules: what is configured as the certificate of an authority is one, and is not a private key. No message contains the text. */
import { X509Certificate } from "node:crypto";
import type { Cause } from "../../diagnostics";
import type { DiagnosticCode } from "../catalog";

const CERTIFICATE = /-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END (TRUSTED |X509 )?CERTIFICATE-----/g;

/** Why a text is not the certificate of an authority. */
export interface CertificateFault extends Cause {
  readonly code: DiagnosticCode;
}

const FIX = "Use the complete certificate of the authority in PEM form, including the lines BEGIN CERTIFICATE and END CERTIFICATE.";

/** @param name what contains the text, as the subject of a sentence */
export function privateKeyFault(name: string, pem: string): CertificateFault | undefined {
  if (!pem.includes("PRIVATE KEY")) return undefined;
  return {
    code: "secret-literal",
    why: `${name} contains a private key.`,
    fix: "Use only the certificate of the authority. A private key must not leave its server.",
  };
}

/** Also reads every certificate. @param name what contains the text, as the subject of a sentence */
export function certificateFault(name: string, pem: string): CertificateFault | undefined {
  const privateKey = privateKeyFault(name, pem);
  if (privateKey !== undefined) return privateKey;
  const certificates = pem.match(CERTIFICATE) ?? [];
  if (certificates.length === 0) return { code: "value-not-allowed", why: `${name} contains no certificate in PEM form.`, fix: FIX };
  const unreadable = certificates.findIndex((certificate) => !isReadable(certificate));
  if (unreadable < 0) return undefined;
  return {
    code: "value-not-allowed",
    why: `${name} contains a certificate that cannot be read: number ${unreadable + 1} of ${certificates.length}.`,
    fix: FIX,
  };
}

function isReadable(certificate: string): boolean {
  try {
    new X509Certificate(certificate);
    return true;
  } catch {
    return false;
  }
}
