/** `bitlift_space`: a Space in Spacelift. */
import { failedAs } from "../../diagnostics";
import { problem, ROOT_SPACE_ID } from "../../domain";
import { invalidImportId, computed, defaulted, gone, required, UNKNOWN } from "../../terraform-plugin";
import { mayStillRun, type Space, type SpaceInput } from "../../clients";
import { resource, type Clients } from "../configuration/clients";
import { contentsOf, unseenSpace } from "./spaces";

export const space = resource({
  type: "space",
  summary: "A Space in Spacelift: the container that decides who may use an integration.",
  description:
    "Spacelift allows two Spaces of the same name. Creating one looks for the name under the same parent first and refuses with the import command, " +
    "so that a lost answer never makes a twin. A Space that is not empty cannot be deleted.",
  attributes: {
    id: computed.string("Id that Spacelift assigned; it survives a change of the name.", { useStateForUnknown: true }),
    name: required.string("Name of the Space.", { check: (name: string) => (name.trim() === "" ? "It is empty." : undefined) }),
    parent_space_id: defaulted(ROOT_SPACE_ID).string("Id of the Space above."),
    inherit_entities: defaulted(false).boolean("Whether stacks and modules in this Space may use what lives in the Spaces above."),
    description: defaulted("").string("What the Space is for."),
    labels: defaulted([]).set("string", "Labels, for finding Spaces and for policies."),
  },
  raises: ["space-not-found", "space-cycle", "duplicate-space-name", "space-not-empty"],
  importId: {
    format: "<id>",
    parse(id) {
      if (id.trim() === "")
        throw invalidImportId({
          why: "The import id is empty.",
          fix: "Give the Space's id, as in its address in Spacelift: payments-01HN0BF3GMYZQ4NYVNQ1RKQ9M7.",
        });
      return { id: id.trim() };
    },
  },

  async plan({ draft, prior, changed, api, report }) {
    const parent = draft.parent_space_id;
    if (!changed || parent === UNKNOWN || parent === prior?.parent_space_id || parent === ROOT_SPACE_ID) return;
    const unseen = await unseenSpace(api, parent, "parent_space_id");
    if (unseen !== undefined) {
      report.add(unseen);
      return;
    }
    const own = prior?.id ?? null;
    const line = ancestors(parent, await api.spacelift.spaces.list());
    if (own !== null && line.includes(own)) {
      throw problem("space-cycle", {
        why: `"${parent}" lies below "${own}" itself: ${[...line.slice(0, line.indexOf(own) + 1)].reverse().join(" > ")}.`,
        fix: "Choose a parent that is not inside this Space.",
        at: ["parent_space_id"],
      });
    }
  },

  async create({ plan, api }) {
    const wanted = inputOf(plan);
    const namesake = await findNamesake(api, wanted);
    if (namesake !== undefined) {
      throw problem("duplicate-space-name", {
        why: `Under "${wanted.parentSpaceId}" there is a Space "${wanted.name}" with the id ${namesake.id}. Spacelift would allow a second one of the same name.`,
        fix: `To manage the existing one, run: terraform import <address> ${namesake.id}. Otherwise choose another name.`,
        at: ["name"],
      });
    }
    const made = await createOnce(api, wanted);
    return { ...plan, id: made.id };
  },

  async read({ state, api }) {
    const id = state.id ?? "";
    const found = await api.spacelift.spaces.find(id, state.parent_space_id);
    if (found.state === "gone") return gone;
    const { space: remote } = found;
    return {
      id: remote.id,
      name: remote.name,
      parent_space_id: remote.parentSpaceId ?? ROOT_SPACE_ID,
      inherit_entities: remote.inheritEntities,
      description: remote.description,
      labels: remote.labels,
    };
  },

  async update({ plan, prior, api }) {
    const id = prior.id ?? "";
    await api.spacelift.spaces.update(id, inputOf(plan));
    return { ...plan, id };
  },

  async delete({ prior, api }) {
    const id = prior.id ?? "";
    try {
      await api.spacelift.spaces.remove(id);
    } catch (refusal) {
      if (!failedAs(refusal, "bad-input")) throw refusal;
      const contents = await contentsOf(api, id).catch(() => []);
      throw problem(
        "space-not-empty",
        {
          why: `Spacelift refused to delete "${prior.name ?? id}" (${refusal.diagnostic.why}) We can see in it: ${contents.length === 0 ? "nothing" : contents.join(", ")}, and possibly other kinds.`,
          fix: "Move or delete what is in the Space, then apply again.",
        },
        { kind: "bad-input", cause: refusal },
      );
    }
  },
});

function inputOf(plan: {
  name: string;
  parent_space_id: string;
  inherit_entities: boolean;
  description: string;
  labels: readonly string[];
}): SpaceInput {
  return {
    name: plan.name,
    parentSpaceId: plan.parent_space_id,
    inheritEntities: plan.inherit_entities,
    description: plan.description,
    labels: [...plan.labels].sort(),
  };
}

async function findNamesake(api: Clients, wanted: SpaceInput): Promise<Space | undefined> {
  const spaces = await api.spacelift.spaces.list({ fresh: true });
  return spaces.find((candidate) => candidate.name === wanted.name && (candidate.parentSpaceId ?? ROOT_SPACE_ID) === wanted.parentSpaceId);
}

/** A create whose answer was lost is looked up before anything else: Spacelift would make a second Space of the same name. */
async function createOnce(api: Clients, wanted: SpaceInput): Promise<Space> {
  try {
    return await api.spacelift.spaces.create(wanted);
  } catch (failure) {
    if (!(failure instanceof Error && "execution" in failure && failure.execution === "unknown")) throw failure;
    const made = await findNamesake(api, wanted);
    if (made !== undefined) return made;
    // The next apply looks for the name again, and refuses with the import command if the Space has come into being by then.
    if (mayStillRun(failure)) throw failure;
    return api.spacelift.spaces.create(wanted);
  }
}

function ancestors(id: string, spaces: readonly Space[]): readonly string[] {
  const line: string[] = [];
  for (let current: string | null | undefined = id; current && !line.includes(current);) {
    line.push(current);
    const here: string = current;
    current = spaces.find((candidate) => candidate.id === here)?.parentSpaceId;
  }
  return line;
}
