/** Fingerprints, which are stored instead of secrets. */
import { createHash } from "node:crypto";

/** `sha256:` and the first 16 hex digits of the secret's SHA-256: enough to detect a change, too little to recover the secret. */
export function fingerprint(secret: string): string {
  return `sha256:${createHash("sha256").update(secret, "utf8").digest("hex").slice(0, 16)}`;
}

/** Whether a text has the form of a fingerprint. */
export function isFingerprint(text: string): boolean {
  return /^sha256:[0-9a-f]{16}$/.test(text);
}
