/** Checks that the Space to which an attribute refers exists. */
import { error, warning } from "../../domain";
import type { Diagnostic } from "../../diagnostics";
import type { Clients } from "../configuration/clients";

/** An error on the attribute if the key cannot see the Space; during an apply, a warning. @throws Problem */
export async function spaceNotFound(api: Clients, id: string, attribute: string): Promise<Diagnostic | undefined> {
  const { spaces, keyName } = api.spacelift;
  const isVisible = async (fresh: boolean): Promise<boolean> => (await spaces.list({ fresh })).some((space) => space.id === id);
  // Each provider of a configuration runs in its own process: another one may have created the Space after this one read the list.
  if ((await isVisible(false)) || (await isVisible(true))) return undefined;
  return (api.isApplying ? warning : error)("space-not-found", {
    why: `${keyName} cannot see a Space with the ID "${id}".`,
    fix: "Check the ID (not the name), and that the key can read the Space.",
    at: [attribute],
  });
}
