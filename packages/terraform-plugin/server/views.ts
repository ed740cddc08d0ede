/** The parts of a value that handlers see: a configuration without computed attributes, a state without write-only attributes. */
import type { Attributes, Presence } from "../schema/attributes";
import type { ObjectValue, Value } from "../schema/value";

/** The configuration as the user wrote it. */
export function configView(attributes: Attributes, config: ObjectValue): ObjectValue {
  return omitPresence("computed", attributes, config);
}

/** A state or a plan. */
export function stateView(attributes: Attributes, state: ObjectValue): Record<string, Value> {
  return omitPresence("writeOnly", attributes, state);
}

function omitPresence(presence: Presence, attributes: Attributes, value: ObjectValue): Record<string, Value> {
  const view: Record<string, Value> = {};
  for (const name in attributes) {
    if (attributes[name]?.presence !== presence) view[name] = value[name] ?? null;
  }
  return view;
}
