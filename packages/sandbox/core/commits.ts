// Hashes of commits: there is no git behind the sandbox, only branches that point at one.
import { createHash, randomBytes } from "node:crypto";

/** The same commit for the same name, so that a reset of the sandbox changes none. */
export function deriveCommit(name: string): string {
  return createHash("sha1").update(name).digest("hex");
}

export function createCommit(): string {
  return createHash("sha1").update(randomBytes(20)).digest("hex");
}
