/** Fingerprints of secrets. */
import { createHash } from "node:crypto";
import { fingerprint } from "../fingerprint";

it.each([
  ["of a token", "ATATT3xFfGF0-demo"],
  ["of text beyond ASCII", "pässwörd ✓"],
  ["of an empty text", ""],
])("the fingerprint %s is sha256: and the first 16 hex digits", (_case, secret) => {
  const text = fingerprint(secret);
  expect(text).toBe(`sha256:${createHash("sha256").update(Buffer.from(secret, "utf8")).digest("hex").slice(0, 16)}`);
  expect(text).toMatch(/^sha256:[0-9a-f]{16}$/);
});

it("two secrets have different fingerprints", () => {
  expect(fingerprint("first")).not.toBe(fingerprint("second"));
});
