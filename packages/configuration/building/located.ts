/** What the builders of the configuration need from the draft: places, and lists without gaps. */
import type { Place, SecretSource } from "../configuration";
import type { Draft } from "../draft";
import type { Location } from "../finding";

export type Locate = (location: Location) => Place;

export function given<T>(list: readonly (T | undefined)[] | undefined): readonly T[] {
  return (list ?? []).filter((item) => item !== undefined);
}

/** @throws Error if the rules have let an incomplete secret pass. */
export function secretFrom(
  source: Draft<{ env?: string | undefined; variable?: string | undefined; version?: string | undefined }> | undefined,
): SecretSource {
  if (source?.env !== undefined) return { env: source.env };
  if (source?.variable !== undefined) {
    return { variable: source.variable, ...(source.version === undefined ? {} : { version: source.version }) };
  }
  throw new Error("A secret has no source, although the rules found nothing.");
}
