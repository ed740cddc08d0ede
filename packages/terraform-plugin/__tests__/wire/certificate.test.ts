/** The certificate contains the fields that an engine's TLS library requires. */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { makeCertificate } from "../../wire/certificate";

it("is self-signed, and valid now and for localhost", () => {
  const certificate = makeCertificate();
  const parsed = new X509Certificate(certificate.certificatePem);
  expect(parsed.checkHost("localhost")).toBe("localhost");
  expect(parsed.checkIP("127.0.0.1")).toBeUndefined();
  expect([parsed.subject, parsed.issuer]).toEqual(["CN=localhost", "CN=localhost"]);
  expect(parsed.verify(parsed.publicKey)).toBe(true);
  expect(parsed.checkPrivateKey(createPrivateKey(certificate.privateKeyPem))).toBe(true);
  expect(parsed.ca).toBe(true);
  // Server and client authentication.
  expect(parsed.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
  expect(Date.parse(parsed.validFrom)).toBeLessThan(Date.now() - 30_000);
  expect(Date.parse(parsed.validTo)).toBeGreaterThan(Date.now() + 24 * 3_600_000);
  expect(Buffer.compare(parsed.raw, certificate.der)).toBe(0);
});

it.each([
  ["2049, with two-digit years", "2049-06-01T00:00:00Z", "Jun  1 00:00:00 2050 GMT"],
  ["2050 and later, with four-digit years", "2051-06-01T00:00:00Z", "May 31 00:00:00 2052 GMT"],
])("is valid in %s", (_name, now, until) => {
  expect(new X509Certificate(makeCertificate(new Date(now)).certificatePem).validTo).toBe(until);
});

it("has a positive serial number of full length, different each time", () => {
  const serials = Array.from({ length: 50 }, () => new X509Certificate(makeCertificate().certificatePem).serialNumber);
  expect(new Set(serials).size).toBe(50);
  for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9A-F]{31}$/);
});
