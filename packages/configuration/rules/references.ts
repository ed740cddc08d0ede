/** Rule: every reference to a Space or a server names one that the file contains. */
import type { FileDraft } from "../draft";
import { fault, type Location, type Remark } from "../finding";
import { listed, shown, suggestion } from "../quoting";

export function* references({ spaces, servers, integrations }: FileDraft): Generator<Remark> {
  const spaceKeys = ["root", ...spaces.keys()];
  const serverKeys = [...servers.keys()];
  for (const { key, value } of spaces.values()) {
    const parent = value.existing?.parent;
    if (value.existing === undefined || parent === undefined || parent === "root" || spaces.has(parent)) continue;
    yield notFound({ holder: value.existing, key: "parent" }, `"existing.parent" of Space ${shown(key)}`, "Space", parent, spaceKeys);
  }
  for (const { key, value } of integrations.values()) {
    const { space, datacenter } = value;
    if (space !== undefined && space !== "root" && !spaces.has(space)) {
      yield notFound({ holder: value, key: "space" }, `"space" of integration ${shown(key)}`, "Space", space, spaceKeys);
    }
    const server = datacenter?.server;
    if (datacenter === undefined || server === undefined || servers.has(server)) continue;
    yield notFound({ holder: datacenter, key: "server" }, `"datacenter.server" of integration ${shown(key)}`, "server", server, serverKeys);
  }
}

function notFound(at: Location, subject: string, what: string, name: string, known: readonly string[]): Remark {
  const similar = suggestion(name, known);
  const add = what === "server" ? "Add it under servers." : "Add it under spaces, or as an existing Space: { existing: { id: … } }.";
  const keys = known.length === 0 ? add : `Known keys: ${listed(known)}.`;
  return fault(
    "reference-not-found",
    at,
    `${subject} is ${shown(name)}, but the file has no ${what} with this key.${similar === "" ? ` ${keys}` : similar}`,
  );
}
