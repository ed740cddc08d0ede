/** Why a part may have failed: its state has objects of the other backing, whose provider the configuration no longer has. */
import { movesTo, type Backing } from "../export/moves";
import { readPart } from "../export/part-export";
import { objectsOf, type StateAccess } from "../export/part-state";
import type { OrderedPart } from "./parts";

/** A sentence with the command that moves them. Undefined if there are none, or if the state cannot be read. */
export async function unmovedObjectsText(part: OrderedPart, access: StateAccess): Promise<string | undefined> {
  try {
    const objects = (await objectsOf(part, access)) ?? [];
    const configuration = await readPart(part);
    const backing = (["published", "bitlift"] as const).find((one) => movesTo(one, objects, configuration).moves.length > 0);
    return backing === undefined ? undefined : text(part.name, backing, movesTo(backing, objects, configuration).moves.length);
  } catch {
    // The failure itself is reported.
    return undefined;
  }
}

function text(part: string, backing: Backing, count: number): string {
  const objects = count === 1 ? "1 object" : `${count} objects`;
  return `The backing of part ${part} changed: its state has ${objects} of the other providers. To move the objects, run bitlift export <dir> --backing ${backing}, and follow its steps.`;
}
