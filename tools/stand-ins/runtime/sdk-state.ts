/** What SDK v2 of Terraform stores: the values that a provider sets, in which null and an empty list count as equal. */
import { UNKNOWN, type Attributes, type Value } from "../../../packages/terraform-plugin";
import type { Values } from "./sdk-plan";

/** The state after an apply: a value that nobody set is null, and an empty list or set is as planned. */
export function appliedState(attributes: Attributes, planned: Values, set: Values): Values {
  const entries = Object.keys(attributes).map((name) => {
    const plan = planned[name] ?? null;
    const value = name in set ? (set[name] ?? null) : known(plan);
    const isEmpty = (list: Value) => list === null || (Array.isArray(list) && list.length === 0);
    return [name, isCollection(attributes, name) && isEmpty(value) && isEmpty(plan) ? plan : value] as const;
  });
  return Object.fromEntries(entries);
}

/** The state after a read: what the provider sets replaces what was stored. */
export function readState(attributes: Attributes, stored: Values, set: Values): Values {
  return Object.fromEntries(Object.keys(attributes).map((name) => [name, (name in set ? set[name] : stored[name]) ?? null] as const));
}

function isCollection(attributes: Attributes, name: string): boolean {
  const shape = attributes[name]?.type.shape;
  return shape === "list" || shape === "set" || shape === "map";
}

/** A computed value that the provider does not set stays null. */
function known(value: Value): Value {
  if (value === UNKNOWN) return null;
  if (Array.isArray(value)) return (value as readonly Value[]).map(known);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, known(part as Value)]));
  return value;
}
