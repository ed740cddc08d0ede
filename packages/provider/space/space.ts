/** The resource `bitlift_space`. */
import { failedAs, type Problem } from "../../diagnostics";
import { problem, ROOT_SPACE_ID } from "../../domain";
import { gone } from "../../terraform-plugin";
import { mayStillRun, withLock, type SpaceInput } from "../../clients";
import { resource, type Clients } from "../configuration/clients";
import { createOnce } from "../create-once";
import { moveFromPublished } from "../published-state";
import { explainRejection } from "./lost-access";
import { findNamesake, requireFreeName } from "./namesakes";
import { accessChange, planSpace } from "./plan-space";
import { fromPublishedSpace } from "./published-space";
import { SPACE_ATTRIBUTES, type SpaceViews } from "./space-attributes";
import { describeSpaceContents } from "./space-contents";

export const space = resource({
  type: "space",
  summary: "A Space in Spacelift: the container that determines who can use an integration.",
  description:
    "Spacelift allows two Spaces with the same name. Before creating a Space, the provider looks up the name under the same parent. If it exists, the plan warns, the create fails, and the message " +
    "contains the import command; a lost response therefore never leads to a duplicate. A Space that is not empty cannot be deleted.",
  attributes: SPACE_ATTRIBUTES,
  raises: [
    "space-not-found",
    "space-cycle",
    "space-lookup-failed",
    "duplicate-space-name",
    "space-not-empty",
    "consumers-lose-access",
    "integration-usage-unknown",
  ],
  identity: ["id"],
  importId: { advice: "the ID from the URL of the Space in Spacelift, such as payments-01HN0BF3GMYZQ4NYVNQ1RKQ9M7" },
  movesFrom: moveFromPublished("bitlift_space", fromPublishedSpace),

  plan: planSpace,

  planDelete({ prior, api }) {
    if (prior.id !== null) api.knownSpaces.planned.release(prior.id);
  },

  async create({ plan, api }) {
    return { ...plan, id: await createSpace(api, toSpaceInput(plan)) };
  },

  async read({ state, api }) {
    const found = await api.spacelift.spaces.find(state.id ?? "", state.parent_space_id);
    if (found.state === "gone") return gone;
    const { id, name, parentSpaceId, inheritEntities, description, labels } = found.space;
    api.knownSpaces.managed.add(id);
    return { id, name, parent_space_id: parentSpaceId ?? ROOT_SPACE_ID, inherit_entities: inheritEntities, description, labels };
  },

  async update({ plan, prior, api }) {
    const id = prior.id ?? "";
    try {
      await api.spacelift.spaces.update(id, toSpaceInput(plan));
    } catch (failure) {
      const change = accessChange(prior, plan);
      throw change === undefined ? failure : await explainRejection(api, change, failure);
    }
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

/** Returns the ID. Two creates with the same name run in sequence, so that the second one finds the first. */
function createSpace(api: Clients, input: SpaceInput): Promise<string> {
  return withLock(`space ${JSON.stringify([input.parentSpaceId, input.name])}`, async () => {
    await requireFreeName(api, input);
    const created = await createOnce({
      create: () => api.spacelift.spaces.create(input),
      lookUp: () => findNamesake(api, input, { fresh: true }),
      // If the lost request is still running, a retry would create a second Space with the same name. The next apply looks up the name again.
      mayRetry: (failure) => !mayStillRun(failure),
    });
    return created.id;
  });
}

function toSpaceInput(plan: SpaceViews["plan"]): SpaceInput {
  return {
    name: plan.name,
    parentSpaceId: plan.parent_space_id,
    inheritEntities: plan.inherit_entities,
    description: plan.description,
    labels: [...plan.labels].sort(),
  };
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
