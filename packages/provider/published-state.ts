/** What the conversions of published providers' states share: the declaration of a move, and the fingerprint of a secret in such a state. */
import { fingerprint, PUBLISHED_TYPES, type PublishedType, type TypeWithPublished } from "../domain";
import type { MoveSource, Value } from "../terraform-plugin";

/** The move from the published type that carries the same objects. */
export function moveFromPublished(type: TypeWithPublished, convert: MoveSource["convert"]): readonly MoveSource[] {
  const published: PublishedType = PUBLISHED_TYPES[type];
  return [{ type: published.type, provider: published.source, convert }];
}

/** The published providers store secrets. Only the fingerprint passes on; null if the state contains no secret. */
export function storedFingerprint(secret: Value | undefined): string | null {
  return typeof secret === "string" && secret !== "" ? fingerprint(secret) : null;
}
