/** A part that is planned without the part of its Spaces: which of the engine's errors only say that a Space does not exist yet. */
import type { EngineMessage } from "./engine-messages";
import { spaceText, type OrderedPart } from "./parts";

/** The code of the data source, as the provider prints it under each message. */
const NOT_FOUND = /^\(space-not-found\)$/m;
/** The same of Spacelift's own provider, which has no codes. */
const PUBLISHED_NOT_FOUND = /could not find a space identified by path/;

/**
 * Text like `Space "Payments" of part spaces`, if the message says that the part cannot find this Space. Undefined for any other message, and for
 * a Space of a part that is in the same run: that part would have to create it, so the error has another cause.
 * @param parts Names of the parts in the run.
 */
export function missingSpace({ lookedUp }: OrderedPart, { diagnostic }: EngineMessage, parts: ReadonlySet<string>): string | undefined {
  if (diagnostic?.severity !== "error") return undefined;
  const isNotFound = NOT_FOUND.test(diagnostic.detail) || PUBLISHED_NOT_FOUND.test(`${diagnostic.summary} ${diagnostic.detail}`);
  if (!isNotFound) return undefined;
  const space = [...(lookedUp?.values() ?? [])].find(({ lookups }) => lookups.some((address) => address === diagnostic.address));
  return space === undefined || parts.has(space.part) ? undefined : spaceText(`"${space.name}"`, space.part);
}
