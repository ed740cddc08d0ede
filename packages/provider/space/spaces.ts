/** What several resources say and ask about Spaces. */
import { error } from "../../domain";
import type { Diagnostic } from "../../diagnostics";
import type { Clients } from "../configuration/clients";

/** Children, integrations, stacks and modules of a Space that the key can see, as short texts for a message. */
export async function contentsOf(api: Clients, spaceId: string): Promise<readonly string[]> {
  const { cloud, datacenter } = api.spacelift.integrations;
  const [spaces, integrations, users] = await Promise.all([
    api.spacelift.spaces.list({ fresh: true }),
    Promise.all([cloud.list(), datacenter.list()]).then((lists) => lists.flat()),
    api.spacelift.usage.inSpace(spaceId),
  ]);
  return [
    ...spaces.filter((child) => child.parentSpaceId === spaceId).map((child) => `Space "${child.name}" (${child.id})`),
    ...integrations.filter((one) => one.spaceId === spaceId).map((one) => `integration "${one.name}" (${one.id})`),
    ...users.map((user) => `${user.kind} "${user.name}" (${user.id})`),
  ];
}

/** A Space id that the key does not see, as an error on the attribute that names it; undefined when the key sees it. */
export async function unseenSpace(api: Clients, id: string, attribute: string): Promise<Diagnostic | undefined> {
  const { spaces } = api.spacelift;
  const sees = async (fresh: boolean): Promise<boolean> => (await spaces.list({ fresh })).some((space) => space.id === id);
  // Each provider of a configuration is a process of its own: the Space may be new, made by another one since the list was read.
  if ((await sees(false)) || (await sees(true))) return undefined;
  return error("space-not-found", {
    why: `${api.spacelift.keyName} sees no Space with the id "${id}".`,
    fix: "Check the id (not the name), and whether the key may read that Space.",
    at: [attribute],
  });
}
