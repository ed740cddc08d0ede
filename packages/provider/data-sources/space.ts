/** The data source `bitlift_space`: an existing Space, by ID or by name. */
import { error, problem, ROOT_SPACE_ID } from "../../domain";
import { computed, optionalComputed, UNKNOWN } from "../../terraform-plugin";
import { dataSource } from "../configuration/clients";
import { sentenceAboutNamesakes } from "../space/space-not-found";
import { knownText } from "./known-text";

export const spaceData = dataSource({
  type: "space",
  summary: "An existing Space, by `id`, or by `name`. If the name is not unique, set `parent_space_id` too.",
  attributes: {
    id: optionalComputed.string("ID of the Space."),
    name: optionalComputed.string("Name of the Space."),
    parent_space_id: optionalComputed.string("ID of the parent Space."),
    inherit_entities: computed.boolean("Whether stacks and modules in the Space can use what is in the Spaces above it."),
    description: computed.string("Purpose of the Space."),
    labels: computed.set("string", "Labels of the Space."),
  },

  raises: ["value-missing", "space-not-found", "space-ambiguous"],

  validate({ config, report }) {
    if ((config.id === null) === (config.name === null) && config.id !== UNKNOWN && config.name !== UNKNOWN) {
      report.add(
        error("value-missing", {
          why: config.id === null ? "Neither id nor name is set." : "Both id and name are set.",
          fix: "Set either id or name.",
          at: ["id"],
        }),
      );
    }
  },

  async read({ config, api }) {
    const [id, name, parentId] = [knownText(config.id), knownText(config.name), knownText(config.parent_space_id)];
    const spaces = await api.spacelift.spaces.list();
    const matching = spaces.filter((space) =>
      id !== null ? space.id === id : space.name === name && (parentId === null || (space.parentSpaceId ?? ROOT_SPACE_ID) === parentId),
    );
    const [found] = matching;
    const criterion = id !== null ? `the ID "${id}"` : `the name "${name ?? ""}"`;
    if (found === undefined) {
      throw problem("space-not-found", {
        why: `${api.spacelift.keyName} cannot see a Space with ${criterion}${id === null ? parentCriterion(parentId) : ""}.${sentenceAboutNamesakes(spaces, id ?? name ?? "")}`,
        fix: `Check the spelling of the ${id !== null ? "ID" : "name"}${parentId === null || id !== null ? "" : " and parent_space_id"}, and that the key can read the Space.`,
      });
    }
    if (matching.length > 1) {
      throw problem("space-ambiguous", {
        why: `${matching.length} Spaces have ${criterion}: ${matching.map((space) => `${space.id} (parent: ${space.parentSpaceId ?? "none"})`).join(", ")}.`,
        fix: "Set id instead, or set parent_space_id too.",
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

/** The end of the criterion: the parent. */
function parentCriterion(parentId: string | null): string {
  return parentId === null ? "" : ` below "${parentId}"`;
}
