/** Checks that the Space to which an attribute refers exists. */
import { error, warning } from "../../domain";
import type { Diagnostic } from "../../diagnostics";
import type { Space } from "../../clients";
import type { Clients } from "../configuration/clients";

/** What a check needs from the plan of a resource. */
interface PlanFacts {
  readonly api: Clients;
  readonly applying: boolean;
}

/** An error on the attribute if the key cannot see the Space; during an apply, a warning. @throws Problem */
export async function spaceNotFound({ api, applying }: PlanFacts, id: string, attribute: string): Promise<Diagnostic | undefined> {
  const { spaces, keyName } = api.spacelift;
  const has = (list: readonly Space[]) => list.some((space) => space.id === id);
  if (has(await spaces.list())) return undefined;
  // Each provider of a configuration runs in its own process: another one may have created the Space after this one read the list.
  const list = await spaces.list({ fresh: true });
  if (has(list)) return undefined;
  return (applying ? warning : error)("space-not-found", {
    why: `${keyName} cannot see a Space with the ID "${id}".${sentenceAboutNamesakes(list, id)}`,
    fix: fixFor(namedLike(list, id), attribute),
    at: [attribute],
  });
}

/** Spaces that have this text as their name: the ID of a Space is its name with a suffix, so one is easily taken for the other. */
function namedLike(spaces: readonly Space[], text: string): readonly Space[] {
  const name = text.trim().toLowerCase();
  return spaces.filter((space) => space.name.trim().toLowerCase() === name);
}

/** With a space before it; empty if no Space has this name. */
export function sentenceAboutNamesakes(spaces: readonly Space[], text: string): string {
  return namedLike(spaces, text)
    .map(({ name, id }) => ` The Space "${name}" has the ID "${id}".`)
    .join("");
}

function fixFor(named: readonly Space[], attribute: string): string {
  const [only, ...others] = named;
  if (only !== undefined && others.length === 0) return `Set ${attribute} = "${only.id}".`;
  if (only !== undefined) return `Set ${attribute} to one of these IDs.`;
  return (
    `Check that ${attribute} is the ID of the Space, not its name, and that the key can read the Space. ` +
    "If this configuration creates the Space, reference it: bitlift_space.<name>.id."
  );
}
