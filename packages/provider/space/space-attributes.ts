/** The attributes of a Space. */
import { descriptionFault, labelsFault, ROOT_SPACE_ID, spaceNameFault } from "../../domain";
import { computed, defaulted, required } from "../../terraform-plugin";
import type { Views } from "../resource-handlers";

export const SPACE_ATTRIBUTES = {
  id: computed.string("ID that Spacelift assigned. It does not change with the name.", { useStateForUnknown: true }),
  name: required.string("Name of the Space: one line of visible characters, with at least one letter or digit.", { check: spaceNameFault }),
  parent_space_id: defaulted(ROOT_SPACE_ID).string("ID of the parent Space."),
  inherit_entities: defaulted(false).boolean("Whether stacks and modules in this Space can use what is in the Spaces above it."),
  description: defaulted("").string("Purpose of the Space.", { check: descriptionFault }),
  labels: defaulted([]).set("string", "Labels, for finding Spaces and for use in policies.", { check: labelsFault }),
};

export type SpaceViews = Views<typeof SPACE_ATTRIBUTES>;
