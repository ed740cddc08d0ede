/** The certificate has what an engine's TLS library asks for. */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { makeCertificate } from "../../wire/certificate";

it("is self-signed, valid for localhost and now", () => {
  const made = makeCertificate();
  const read = new X509Certificate(made.certificatePem);
  expect(read.checkHost("localhost")).toBe("localhost");
  expect(read.checkIP("127.0.0.1")).toBeUndefined();
  expect([read.subject, read.issuer]).toEqual(["CN=localhost", "CN=localhost"]);
  expect(read.verify(read.publicKey)).toBe(true);
  expect(read.checkPrivateKey(createPrivateKey(made.privateKeyPem))).toBe(true);
  expect(read.ca).toBe(true);
  // Server and client authentication.
  expect(read.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
  expect(Date.parse(read.validFrom)).toBeLessThan(Date.now() - 30_000);
  expect(Date.parse(read.validTo)).toBeGreaterThan(Date.now() + 24 * 3_600_000);
  expect(Buffer.compare(read.raw, made.der)).toBe(0);
});

it.each([
  ["2049, in two digits", "2049-06-01T00:00:00Z", "Jun  1 00:00:00 2050 GMT"],
  ["2050 and later, in four", "2051-06-01T00:00:00Z", "May 31 00:00:00 2052 GMT"],
])("is readable in %s", (_name, now, until) => {
  expect(new X509Certificate(makeCertificate(new Date(now)).certificatePem).validTo).toBe(until);
});

it("has a positive serial number of full length, another one each time", () => {
  const serials = Array.from({ length: 50 }, () => new X509Certificate(makeCertificate().certificatePem).serialNumber);
  expect(new Set(serials).size).toBe(50);
  for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9A-F]{31}$/);
});
