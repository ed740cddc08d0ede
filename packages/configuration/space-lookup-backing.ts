/** With which providers a part looks up the Spaces of other parts. */
import type { Backing } from "../domain";
import type { Configuration, Part } from "./configuration";

/** Those of its objects, so that it needs no others. A part with objects of both has the backing of the file. */
export function spaceLookupBacking({ backing, integrations }: Pick<Configuration, "backing" | "integrations">, part: Part): Backing {
  if (part.spaces.length > 0) return backing;
  const [first = backing, ...others] = new Set(part.integrations.flatMap((key) => integrations.get(key)?.backing ?? []));
  return others.length === 0 ? first : backing;
}
