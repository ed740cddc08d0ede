// Creates the identifiers of the emulated Spacelift: slugs from names, and ULIDs.
import { createHash, randomBytes } from "node:crypto";

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Lower case; other characters become one "-" and are trimmed. Only spaces and case are documented; the rest is assumed. */
export function toSlug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

/** 26 characters: 48 bits of time, 80 random bits. */
export function createUlid(now: number): string {
  let time = now;
  let head = "";
  for (let index = 0; index < 10; index++) {
    head = `${CROCKFORD[time % 32] ?? ""}${head}`;
    time = Math.floor(time / 32);
  }
  return head + encode(randomBytes(16));
}

/** Returns the same ULID for the same name, so that webhook addresses survive a reset of the sandbox. */
export function deriveUlid(name: string): string {
  return `01${encode(createHash("sha256").update(name).digest().subarray(0, 24))}`;
}

/** One character per byte. */
function encode(bytes: Buffer): string {
  return [...bytes].map((byte) => CROCKFORD[byte % 32] ?? "").join("");
}
