/** Converts the state of a Space of the published provider, so that a `moved` block takes over the Space. */
import { ROOT_SPACE_ID } from "../../domain";
import type { ObjectValue } from "../../terraform-plugin";

/** An argument that is not set there has the default of this provider. */
export function fromPublishedSpace(stored: ObjectValue): ObjectValue {
  const { id = null, name = null, parent_space_id: parent, inherit_entities: inherit, description, labels } = stored;
  return {
    id,
    name,
    parent_space_id: parent ?? ROOT_SPACE_ID,
    inherit_entities: inherit ?? false,
    description: description ?? "",
    labels: labels ?? [],
  };
}
