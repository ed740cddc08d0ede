/** What SDK v2 of Terraform stores: the values that a provider sets, in which null and an empty list count as equal. */
import { nestedAttributes, UNKNOWN, type Attribute, type Attributes, type Value } from "../../../packages/terraform-plugin";
import type { Values } from "./sdk-plan";

/**
 * The state after an apply: a value that nobody set is null, a removed text is empty, and of lists and sets, the plan decides about empty ones and
 * about each known set.
 * @param prior null for a create
 */
export function appliedState(attributes: Attributes, planned: Values, set: Values, prior: Values | null): Values {
  const entries = Object.keys(attributes).map((name) => {
    const plan = planned[name] ?? null;
    if (attributes[name]?.type.shape === "set" && isKnownList(plan)) return [name, plan] as const;
    const isRemovedText = plan === null && typeof prior?.[name] === "string";
    const value = name in set ? (set[name] ?? null) : isRemovedText ? "" : known(plan, attributes[name]);
    return [name, isCollection(attributes, name) && isEmpty(value) && isEmpty(plan) ? plan : value] as const;
  });
  return Object.fromEntries(entries);
}

function isEmpty(list: Value): boolean {
  return list === null || (Array.isArray(list) && list.length === 0);
}

function isKnownList(value: Value): boolean {
  return Array.isArray(value) && !(value as readonly Value[]).includes(UNKNOWN);
}

/** The state after a read: what the provider sets replaces what was stored. */
export function readState(attributes: Attributes, stored: Values, set: Values): Values {
  return Object.fromEntries(Object.keys(attributes).map((name) => [name, (name in set ? set[name] : stored[name]) ?? null] as const));
}

function isCollection(attributes: Attributes, name: string): boolean {
  const shape = attributes[name]?.type.shape;
  return shape === "list" || shape === "set" || shape === "map";
}

/** A computed value that the provider does not set stays null, but in a block, each value gets the zero value of its type. */
function known(value: Value, attribute: Attribute | undefined): Value {
  if (value === UNKNOWN) return null;
  const nested = attribute === undefined ? undefined : nestedAttributes(attribute.type);
  if (!Array.isArray(value)) return value;
  if (nested === undefined) return (value as readonly Value[]).map((element) => known(element, undefined));
  return (value as readonly Values[]).map((block) =>
    Object.fromEntries(Object.entries(nested).map(([name, part]) => [name, known(block[name] ?? null, part) ?? zero(part)])),
  );
}

function zero({ type }: Attribute): Value {
  const zeros: Readonly<Record<string, Value>> = { string: "", boolean: false, number: 0 };
  return zeros[type.shape] ?? null;
}
