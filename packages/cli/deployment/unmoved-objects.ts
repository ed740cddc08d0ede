/** Why a part may have failed: its state has objects whose provider the configuration no longer has. */
import { basename } from "node:path";
import { ownType } from "../../configuration";
import { hasBlockOf } from "../export/moves-file";
import { movesTo, type Backing, type SynthesizedPart } from "../export/moves";
import { shellText } from "../export/moves-script";
import { readPart } from "../export/part-export";
import { objectsOf, type StateAccess } from "../export/part-state";
import type { StoredObject } from "../export/stored-objects";
import type { OrderedPart } from "./parts";

/** A sentence with the commands that help. Undefined if there are no such objects, or if the state cannot be read. */
export async function unmovedObjectsText(part: OrderedPart, access: StateAccess): Promise<string | undefined> {
  try {
    const objects = (await objectsOf(part, access)) ?? [];
    const configuration = await readPart(part);
    const backing = (["published", "bitlift"] as const).find((one) => movesTo(one, objects, configuration).moves.length > 0);
    if (backing !== undefined) return moveText(part.name, backing, movesTo(backing, objects, configuration).moves.length);
    const lost = objects.filter((object) => isLost(object, configuration));
    return lost.length === 0 ? undefined : deletionText(part, lost, basename(access.engine.path));
  } catch {
    // The failure itself is reported.
    return undefined;
  }
}

function moveText(part: string, backing: Backing, count: number): string {
  return `The backing of part ${part} changed: its state has ${objectsText(count)} of the other providers. To move the objects, run bitlift export <dir> --backing ${backing}, and follow its steps.`;
}

/** To be deleted, without the block of its provider. The engine makes a default block itself, but that of a webhook would be without its login. */
function isLost(object: StoredObject, configuration: SynthesizedPart): boolean {
  const { type, name, alias } = object;
  if (!ownType(type).startsWith("bitlift_") || Object.hasOwn(configuration.resource?.[type] ?? {}, name)) return false;
  return !hasBlockOf(object, configuration) && (alias !== undefined || !type.startsWith("spacelift_"));
}

/** @param lost All of them are in one state. */
function deletionText({ name, folder }: OrderedPart, lost: readonly StoredObject[], engine: string): string {
  const targets = [...new Set(lost.map(({ address }) => address))];
  const command = `(cd ${shellText(folder)} && ${engine} apply -destroy${targets.map((target) => ` -target=${target}`).join("")})`;
  return [
    `The state of part ${name} has ${objectsText(lost.length)} whose provider left the configuration together with the last integration that uses it, so the engine cannot delete them.`,
    "Put the integration back, with the backing that it had, and run bitlift plan. Then delete its objects with this command, and remove the integration again:",
    `  ${command}`,
  ].join("\n");
}

function objectsText(count: number): string {
  return count === 1 ? "1 object" : `${count} objects`;
}
