/** Determines whether an integration is available in a Space, according to Spacelift's inheritance. */
import { ROOT_SPACE_ID } from "../../packages/domain";
import type { ISpace } from "../space-reference";

/** `unknown` if the answer depends on a Space or an integration that is managed elsewhere. */
export type Availability = "yes" | "no" | "unknown";

/**
 * A Space-level integration is available in its own Space, and in a child Space if every Space on the path to it inherits.
 * @param integrationSpace The Space of the integration. Undefined if it is not known.
 * @param consumerSpace The Space of the stack or module.
 */
export function availability(integrationSpace: ISpace | undefined, consumerSpace: ISpace): Availability {
  if (integrationSpace === undefined) return "unknown";
  const notFound = isManagedElsewhere(integrationSpace) ? "unknown" : "no";
  const visited = new Set<ISpace>();
  let current = consumerSpace;
  while (!isSameSpace(current, integrationSpace)) {
    if (isManagedElsewhere(current)) return "unknown";
    if (visited.has(current) || current.inheritsEntities !== true || current.parentSpace === undefined) return notFound;
    visited.add(current);
    current = current.parentSpace;
  }
  return "yes";
}

/** Declared Spaces are compared by identity, because their IDs are tokens. Others are compared by ID. */
function isSameSpace(first: ISpace, second: ISpace): boolean {
  return first === second || first.spaceId === second.spaceId;
}

/** Whether only the ID of the Space is known. */
function isManagedElsewhere({ spaceId, inheritsEntities }: ISpace): boolean {
  return spaceId !== ROOT_SPACE_ID && inheritsEntities === undefined;
}
