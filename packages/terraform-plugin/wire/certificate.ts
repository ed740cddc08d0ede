/** A self-signed certificate for one process, encoded here because loading a library would take longer than the rest of the startup. */
import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

export interface Certificate {
  readonly privateKeyPem: string;
  readonly certificatePem: string;
  readonly der: Buffer;
}

const HOUR = 3_600_000;

const OID = {
  ecdsaWithSha256: "06082a8648ce3d040302",
  commonName: "0603550403",
  basicConstraints: "0603551d13",
  keyUsage: "0603551d0f",
  extendedKeyUsage: "0603551d25",
  subjectAlternativeName: "0603551d11",
  serverAuth: "06082b06010505070301",
  clientAuth: "06082b06010505070302",
} as const;

/** Valid for `localhost`, from one hour before `now` until 365 days after it. */
export function makeCertificate(now: Date = new Date()): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const name = sequence(set(sequence(oid("commonName"), tlv(0x0c, Buffer.from("localhost")))));
  const algorithm = sequence(oid("ecdsaWithSha256"));
  const content = sequence(
    // X.509 version 3.
    Buffer.from("a003020102", "hex"),
    tlv(0x02, serial()),
    algorithm,
    name,
    sequence(time(now.getTime() - HOUR), time(now.getTime() + 365 * 24 * HOUR)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tlv(
      0xa3,
      sequence(
        extension("basicConstraints", Buffer.from("30030101ff", "hex"), true),
        // Digital signature, key agreement, certificate signing.
        extension("keyUsage", Buffer.from("0302028c", "hex"), true),
        extension("extendedKeyUsage", sequence(oid("serverAuth"), oid("clientAuth"))),
        extension("subjectAlternativeName", sequence(tlv(0x82, Buffer.from("localhost")))),
      ),
    ),
  );
  const signature = sign("sha256", content, privateKey);
  const der = sequence(content, algorithm, tlv(0x03, Buffer.concat([Buffer.of(0), signature])));
  return {
    privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificatePem: `-----BEGIN CERTIFICATE-----\n${der.toString("base64").replace(/.{64}(?=.)/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
    der,
  };
}

/** Returns the DER bytes of the first certificate in a PEM text. */
export function decodePem(pem: string): Buffer {
  const [, text = ""] = /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/.exec(pem) ?? [];
  return Buffer.from(text, "base64");
}

/** Positive, and of full length: no leading zero byte. */
function serial(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes;
}

/** UTCTime, with two-digit years, up to 2049; GeneralizedTime, with four-digit years, from 2050. */
function time(moment: number): Buffer {
  const digits = new Date(moment).toISOString().replace(/[-:T]|\.\d+/g, "");
  return digits < "2050" ? tlv(0x17, Buffer.from(digits.slice(2))) : tlv(0x18, Buffer.from(digits));
}

function extension(name: keyof typeof OID, value: Buffer, critical = false): Buffer {
  return sequence(oid(name), ...(critical ? [Buffer.from("0101ff", "hex")] : []), tlv(0x04, value));
}

function oid(name: keyof typeof OID): Buffer {
  return Buffer.from(OID[name], "hex");
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tlv(0x30, Buffer.concat(parts));
}

function set(...parts: readonly Buffer[]): Buffer {
  return tlv(0x31, Buffer.concat(parts));
}

/** Tag, length, value. */
function tlv(tag: number, value: Buffer): Buffer {
  const { length } = value;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), value]);
}
