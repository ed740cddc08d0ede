// A self-signed certificate, created at each start, so that the repository contains no private key and no expiry date.
import { generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from "node:crypto";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import * as x509 from "@peculiar/asn1-x509";

export interface Certificate {
  /** PEM. */
  readonly key: string;
  /** PEM. */
  readonly cert: string;
}

const DAY = 24 * 60 * 60 * 1000;
const COMMON_NAME = "2.5.4.3";
const ECDSA_WITH_SHA256 = new x509.AlgorithmIdentifier({ algorithm: "1.2.840.10045.4.3.2" });

/** Valid for 127.0.0.1 and localhost, from yesterday for a year. */
export function selfSignedCertificate(now = Date.now()): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const tbsCertificate = buildSignedPart(publicKey, now);
  const signature = sign("sha256", Buffer.from(AsnConvert.serialize(tbsCertificate)), privateKey);
  const certificate = new x509.Certificate({
    tbsCertificate,
    signatureAlgorithm: ECDSA_WITH_SHA256,
    signatureValue: Uint8Array.from(signature).buffer,
  });
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: new X509Certificate(Buffer.from(AsnConvert.serialize(certificate))).toString(),
  };
}

function buildSignedPart(publicKey: KeyObject, now: number): x509.TBSCertificate {
  const value = new x509.AttributeValue({ utf8String: "Bitlift sandbox" });
  const commonName = new x509.AttributeTypeAndValue({ type: COMMON_NAME, value });
  const name = new x509.Name([new x509.RelativeDistinguishedName([commonName])]);
  const hosts = [new x509.GeneralName({ iPAddress: "127.0.0.1" }), new x509.GeneralName({ dNSName: "localhost" })];
  const extnValue = new OctetString(AsnConvert.serialize(new x509.SubjectAlternativeName(hosts)));
  return new x509.TBSCertificate({
    version: x509.Version.v3,
    // The leading 1 keeps the number positive.
    serialNumber: Uint8Array.from([1, ...randomBytes(8)]).buffer,
    signature: ECDSA_WITH_SHA256,
    issuer: name,
    subject: name,
    validity: new x509.Validity({ notBefore: new Date(now - DAY), notAfter: new Date(now + 365 * DAY) }),
    subjectPublicKeyInfo: AsnConvert.parse(publicKey.export({ type: "spki", format: "der" }), x509.SubjectPublicKeyInfo),
    extensions: new x509.Extensions([new x509.Extension({ extnID: x509.id_ce_subjectAltName, extnValue })]),
  });
}
