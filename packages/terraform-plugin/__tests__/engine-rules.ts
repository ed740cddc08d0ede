/** An engine's two comparison tables, written from the protocol and not from the runtime: is a plan allowed, does a result keep it. */
import type { Schema_Attribute } from "../wire/generated/tfplugin6";

/** How the referee writes "known after apply". */
export const LATER = Symbol("known after apply");

export type Seen = null | boolean | number | bigint | string | typeof LATER | readonly Seen[] | { readonly [name: string]: Seen };
export interface SeenObject {
  readonly [name: string]: Seen;
}

export function isObject(value: Seen | undefined): value is SeenObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Everything that an engine would refuse about a first plan. */
export function planFaults(
  attributes: readonly Schema_Attribute[],
  config: SeenObject,
  prior: SeenObject | null,
  planned: SeenObject,
): readonly string[] {
  return attributes.flatMap((attribute) => {
    const c = config[attribute.name] ?? null;
    const p = prior?.[attribute.name] ?? null;
    const x = planned[attribute.name];
    const at = (text: string) => [`${attribute.name}: ${text}`];
    if (x === undefined) return at("missing in the plan");
    if (attribute.writeOnly) return x === null ? [] : at("write-only value in the plan");
    if (attribute.computed && (!attribute.optional || c === null)) return [];
    if (attribute.nestedType) return nestedFaults(attribute, c, p, x).flatMap(at);
    if (same(attribute, x, c)) return [];
    if (c !== null && p !== null && same(attribute, x, p)) return [];
    return at(c === null ? "planned value for a non-computed attribute" : "planned value does not match config value");
  });
}

function nestedFaults(attribute: Schema_Attribute, c: Seen, p: Seen, x: Seen): readonly string[] {
  const inner = attribute.nestedType?.attributes ?? [];
  if (c === LATER || x === LATER) return c === x ? [] : ["undecided on one side only"];
  if (Array.isArray(c) && Array.isArray(x)) {
    if (c.length !== x.length) return ["another length than the configuration"];
    return c.flatMap((element: Seen, index) => {
      const before: Seen = Array.isArray(p) ? ((p as readonly Seen[])[index] ?? null) : null;
      return elementFaults(inner, element, before, (x as readonly Seen[])[index] ?? null);
    });
  }
  return elementFaults(inner, c, p, x);
}

function elementFaults(inner: readonly Schema_Attribute[], c: Seen, p: Seen, x: Seen): readonly string[] {
  if (!isObject(c) || !isObject(x)) return c === x ? [] : ["null on one side only"];
  return planFaults(inner, c, isObject(p) ? p : null, x);
}

/** Everything in which a later value breaks an earlier plan: a re-plan, or the result of apply. */
export function resultFaults(attributes: readonly Schema_Attribute[], planned: SeenObject, actual: SeenObject): readonly string[] {
  return attributes.flatMap((attribute) => {
    const x = planned[attribute.name] ?? null;
    const y = actual[attribute.name];
    if (y === undefined) return [`${attribute.name}: missing in the result`];
    if (x === LATER) return [];
    const inner = attribute.nestedType?.attributes;
    if (inner && isObject(x) && isObject(y)) return resultFaults(inner, x, y).map((text) => `${attribute.name}.${text}`);
    if (inner && Array.isArray(x) && Array.isArray(y) && x.length === y.length) {
      return x.flatMap((element: Seen, index) => {
        const other = (y as readonly Seen[])[index] ?? null;
        return isObject(element) && isObject(other) ? resultFaults(inner, element, other) : [];
      });
    }
    return same(attribute, x, y) ? [] : [`${attribute.name}: was ${show(x)}, but now ${show(y)}`];
  });
}

/** Names of attributes that differ; undecided differs from everything known. */
export function changedNames(attributes: readonly Schema_Attribute[], left: SeenObject, right: SeenObject): readonly string[] {
  return attributes
    .filter((attribute) => !same(attribute, left[attribute.name] ?? null, right[attribute.name] ?? null))
    .map(({ name }) => name);
}

/** The value that an engine proposes: configuration, and the prior value where the user left a computed attribute open. */
export function proposed(attributes: readonly Schema_Attribute[], config: SeenObject, prior: SeenObject | null): SeenObject {
  return Object.fromEntries(
    attributes.map((attribute) => {
      const c = config[attribute.name] ?? null;
      const p = prior?.[attribute.name] ?? null;
      if (attribute.computed && c === null) return [attribute.name, p];
      const inner = attribute.nestedType?.attributes;
      return [attribute.name, inner && isObject(c) ? proposed(inner, c, isObject(p) ? p : null) : c];
    }),
  );
}

/** Names of values that are not decided, or write-only and present: neither may be stored. */
export function unstorable(attributes: readonly Schema_Attribute[], state: SeenObject): readonly string[] {
  return attributes
    .filter(({ name, writeOnly }) => show(state[name] ?? null).includes("known after apply") || (writeOnly && state[name] !== null))
    .map(({ name }) => name);
}

function same(attribute: Schema_Attribute, left: Seen, right: Seen): boolean {
  const isSet = !attribute.nestedType && attribute.type.toString("utf8").startsWith('["set"');
  const text = (value: Seen) => (isSet && Array.isArray(value) ? [...new Set(value.map(show))].sort().join() : show(value));
  return text(left) === text(right);
}

function show(value: Seen): string {
  if (value === LATER) return "(known after apply)";
  if (Array.isArray(value)) return `[${value.map(show).join()}]`;
  if (isObject(value)) {
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${show(value[name] ?? null)}`).join()}}`;
  }
  return typeof value === "bigint" ? value.toString() : JSON.stringify(value);
}
