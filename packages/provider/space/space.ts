/** The resource `bitlift_space`. */
import { failedAs, type Problem } from "../../diagnostics";
import { problem, ROOT_SPACE_ID } from "../../domain";
import { computed, defaulted, gone, required, UNKNOWN, type Plan } from "../../terraform-plugin";
import { mayStillRun, type Space, type SpaceInput } from "../../clients";
import { resource, type Clients } from "../configuration/clients";
import { createOnce } from "../create-once";
import { describeSpaceContents } from "./space-contents";
import { spaceNotFound } from "./space-not-found";

const attributes = {
  id: computed.string("ID that Spacelift assigned. It does not change with the name.", { useStateForUnknown: true }),
  name: required.string("Name of the Space.", { check: (name: string) => (name.trim() === "" ? "The name is empty." : undefined) }),
  parent_space_id: defaulted(ROOT_SPACE_ID).string("ID of the parent Space."),
  inherit_entities: defaulted(false).boolean("Whether stacks and modules in this Space can use what is in the Spaces above it."),
  description: defaulted("").string("Purpose of the Space."),
  labels: defaulted([]).set("string", "Labels, for finding Spaces and for use in policies."),
};

export const space = resource({
  type: "space",
  summary: "A Space in Spacelift: the container that determines who can use an integration.",
  description:
    "Spacelift allows two Spaces with the same name. Before creating a Space, the provider looks up the name under the same parent. If it exists, the create fails and the message " +
    "contains the import command; a lost response therefore never leads to a duplicate. A Space that is not empty cannot be deleted.",
  attributes,
  raises: ["space-not-found", "space-cycle", "duplicate-space-name", "space-not-empty"],
  identity: ["id"],
  importId: { advice: "the ID from the URL of the Space in Spacelift, such as payments-01HN0BF3GMYZQ4NYVNQ1RKQ9M7" },

  async plan({ draft, prior, changed, api, report }) {
    const parentId = draft.parent_space_id;
    if (!changed || parentId === UNKNOWN || parentId === prior?.parent_space_id || parentId === ROOT_SPACE_ID) return;
    const notFound = await spaceNotFound(api, parentId, "parent_space_id");
    if (notFound !== undefined) report.add(notFound);
    else if (prior?.id != null) refuseCycle(prior.id, ancestorIds(parentId, await api.spacelift.spaces.list()));
  },

  async create({ plan, api }) {
    const input = toSpaceInput(plan);
    const namesake = await findNamesake(api, input);
    if (namesake !== undefined) throw duplicateName(input, namesake.id);
    const created = await createOnce({
      create: () => api.spacelift.spaces.create(input),
      lookUp: () => findNamesake(api, input),
      // If the lost request is still running, a retry would create a second Space with the same name. The next apply looks up the name again.
      mayRetry: (failure) => !mayStillRun(failure),
    });
    return { ...plan, id: created.id };
  },

  async read({ state, api }) {
    const found = await api.spacelift.spaces.find(state.id ?? "", state.parent_space_id);
    if (found.state === "gone") return gone;
    const { id, name, parentSpaceId, inheritEntities, description, labels } = found.space;
    return { id, name, parent_space_id: parentSpaceId ?? ROOT_SPACE_ID, inherit_entities: inheritEntities, description, labels };
  },

  async update({ plan, prior, api }) {
    const id = prior.id ?? "";
    await api.spacelift.spaces.update(id, toSpaceInput(plan));
    return { ...plan, id };
  },

  async delete({ prior, api }) {
    const id = prior.id ?? "";
    try {
      await api.spacelift.spaces.remove(id);
    } catch (failure) {
      if (!failedAs(failure, "bad-input")) throw failure;
      throw notEmpty(prior.name ?? id, failure, await describeSpaceContents(api, id).catch(() => []));
    }
  },
});

function toSpaceInput(plan: Plan<typeof attributes>): SpaceInput {
  return {
    name: plan.name,
    parentSpaceId: plan.parent_space_id,
    inheritEntities: plan.inherit_entities,
    description: plan.description,
    labels: [...plan.labels].sort(),
  };
}

async function findNamesake(api: Clients, { name, parentSpaceId }: SpaceInput): Promise<Space | undefined> {
  const spaces = await api.spacelift.spaces.list({ fresh: true });
  return spaces.find((space) => space.name === name && (space.parentSpaceId ?? ROOT_SPACE_ID) === parentSpaceId);
}

/** The Space and the Spaces above it, from the bottom up. */
function ancestorIds(id: string, spaces: readonly Space[]): readonly string[] {
  const parents = new Map(spaces.map((space) => [space.id, space.parentSpaceId]));
  const ids: string[] = [];
  for (let current: string | null = id; current && !ids.includes(current); current = parents.get(current) ?? null) ids.push(current);
  return ids;
}

function refuseCycle(id: string, ancestors: readonly string[]): void {
  if (!ancestors.includes(id)) return;
  const path = ancestors.slice(0, ancestors.indexOf(id) + 1).reverse();
  throw problem("space-cycle", {
    why: `The parent "${path.at(-1) ?? id}" is inside the Space "${id}" itself: ${path.join(" > ")}.`,
    fix: "Choose a parent that is not inside this Space.",
    at: ["parent_space_id"],
  });
}

function duplicateName({ name, parentSpaceId }: SpaceInput, existingId: string): Problem {
  return problem("duplicate-space-name", {
    why: `The Space "${parentSpaceId}" already contains a Space named "${name}" (${existingId}). Spacelift would allow a second Space with the same name.`,
    fix: `To manage the existing Space, run: terraform import <address> ${existingId}. Otherwise, choose another name.`,
    at: ["name"],
  });
}

function notEmpty(name: string, failure: Problem, contents: readonly string[]): Problem {
  const visible = contents.length === 0 ? "nothing" : contents.join(", ");
  return problem(
    "space-not-empty",
    {
      why: `Spacelift rejected the delete of "${name}". ${failure.diagnostic.why} Visible contents: ${visible}. The Space may also contain objects of other kinds.`,
      fix: "Move or delete the contents of the Space, then apply again.",
    },
    { kind: "bad-input", cause: failure },
  );
}
