// Creates commit hashes. The sandbox has no git repositories, only branches that point at a hash.
import { createHash, randomBytes } from "node:crypto";

/** Returns the same commit for the same name, so that it survives a reset. */
export function deriveCommit(name: string): string {
  return createHash("sha1").update(name).digest("hex");
}

export function createCommit(): string {
  return createHash("sha1").update(randomBytes(20)).digest("hex");
}
