/** `data "bitlift_space"`: a Space that exists, by id or by name. */
import { error, problem, ROOT_SPACE_ID } from "../../domain";
import { computed, optionalComputed, UNKNOWN } from "../../terraform-plugin";
import { dataSource } from "../configuration/clients";

export const spaceData = dataSource({
  type: "space",
  summary: "A Space that exists already, by `id`, or by `name` and, where the name is not unique, `parent_space_id`.",
  attributes: {
    id: optionalComputed.string("Id of the Space."),
    name: optionalComputed.string("Name of the Space."),
    parent_space_id: optionalComputed.string("Id of the Space above."),
    inherit_entities: computed.boolean("Whether stacks and modules in it may use what lives in the Spaces above."),
    description: computed.string("What the Space is for."),
    labels: computed.set("string", "Labels of the Space."),
  },

  raises: ["value-missing", "space-not-found", "space-ambiguous"],

  validate({ config, report }) {
    if ((config.id === null) === (config.name === null) && config.id !== UNKNOWN && config.name !== UNKNOWN) {
      report.add(
        error("value-missing", {
          why: config.id === null ? "Neither id nor name is given." : "Both id and name are given.",
          fix: "Give the id, or the name.",
          at: ["id"],
        }),
      );
    }
  },

  async read({ config, api }) {
    const spaces = await api.spacelift.spaces.list();
    const matching = spaces.filter((space) =>
      config.id !== null
        ? space.id === config.id
        : space.name === config.name &&
          (config.parent_space_id === null || (space.parentSpaceId ?? ROOT_SPACE_ID) === config.parent_space_id),
    );
    const [found] = matching;
    const asked = config.id !== null ? `the id "${String(config.id)}"` : `the name "${String(config.name)}"`;
    if (found === undefined) {
      throw problem("space-not-found", {
        why: `${api.spacelift.keyName} sees no Space with ${asked}.`,
        fix: "Check the spelling, and whether the key may read the Space.",
      });
    }
    if (matching.length > 1) {
      throw problem("space-ambiguous", {
        why: `${String(matching.length)} Spaces have ${asked}: ${matching.map((space) => `${space.id} (under ${space.parentSpaceId ?? "nothing"})`).join(", ")}.`,
        fix: "Give the id, or parent_space_id too.",
        at: ["name"],
      });
    }
    return {
      id: found.id,
      name: found.name,
      parent_space_id: found.parentSpaceId,
      inherit_entities: found.inheritEntities,
      description: found.description,
      labels: found.labels,
    };
  },
});
