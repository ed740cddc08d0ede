/** The checks that an engine makes on plans and results, written from the protocol's rules and independently of the runtime. */
import type { Schema_Attribute } from "../wire/generated/tfplugin6";

/** The test engine's own form of an unknown value. */
export const KNOWN_AFTER_APPLY = Symbol("known after apply");

export type EngineValue =
  null | boolean | number | bigint | string | typeof KNOWN_AFTER_APPLY | readonly EngineValue[] | { readonly [name: string]: EngineValue };
export interface EngineObject {
  readonly [name: string]: EngineValue;
}

export function isObject(value: EngineValue | undefined): value is EngineObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns everything in a plan that an engine would report as an error. */
export function planErrors(
  attributes: readonly Schema_Attribute[],
  config: EngineObject,
  prior: EngineObject | null,
  planned: EngineObject,
): readonly string[] {
  return attributes.flatMap((attribute) => {
    const configValue = config[attribute.name] ?? null;
    const priorValue = prior?.[attribute.name] ?? null;
    const plannedValue = planned[attribute.name];
    const withName = (text: string) => [`${attribute.name}: ${text}`];
    if (plannedValue === undefined) return withName("missing in the plan");
    if (attribute.writeOnly) return plannedValue === null ? [] : withName("write-only value in the plan");
    if (attribute.computed && (!attribute.optional || configValue === null)) return [];
    if (attribute.nestedType) return nestedErrors(attribute, configValue, priorValue, plannedValue).flatMap(withName);
    if (isEqual(attribute, plannedValue, configValue)) return [];
    if (configValue !== null && priorValue !== null && isEqual(attribute, plannedValue, priorValue)) return [];
    return withName(configValue === null ? "planned value for a non-computed attribute" : "planned value does not match config value");
  });
}

function nestedErrors(attribute: Schema_Attribute, config: EngineValue, prior: EngineValue, planned: EngineValue): readonly string[] {
  const attributes = attribute.nestedType?.attributes ?? [];
  if (config === KNOWN_AFTER_APPLY || planned === KNOWN_AFTER_APPLY)
    return config === planned ? [] : ["unknown in only one of configuration and plan"];
  if (Array.isArray(config) && Array.isArray(planned)) {
    if (config.length !== planned.length) return ["has another length than in the configuration"];
    return config.flatMap((element: EngineValue, index) => {
      const priorElement: EngineValue = Array.isArray(prior) ? ((prior as readonly EngineValue[])[index] ?? null) : null;
      return elementErrors(attributes, element, priorElement, (planned as readonly EngineValue[])[index] ?? null);
    });
  }
  return elementErrors(attributes, config, prior, planned);
}

function elementErrors(
  attributes: readonly Schema_Attribute[],
  config: EngineValue,
  prior: EngineValue,
  planned: EngineValue,
): readonly string[] {
  if (!isObject(config) || !isObject(planned)) return config === planned ? [] : ["null in only one of configuration and plan"];
  return planErrors(attributes, config, isObject(prior) ? prior : null, planned);
}

/** Returns every difference between the known values of a plan and a later value: a second plan, or the result of apply. */
export function resultErrors(attributes: readonly Schema_Attribute[], planned: EngineObject, actual: EngineObject): readonly string[] {
  return attributes.flatMap((attribute) => {
    const plannedValue = planned[attribute.name] ?? null;
    const actualValue = actual[attribute.name];
    if (actualValue === undefined) return [`${attribute.name}: missing in the result`];
    if (plannedValue === KNOWN_AFTER_APPLY) return [];
    const nested = attribute.nestedType?.attributes;
    if (nested && isObject(plannedValue) && isObject(actualValue)) {
      return resultErrors(nested, plannedValue, actualValue).map((text) => `${attribute.name}.${text}`);
    }
    if (nested && Array.isArray(plannedValue) && Array.isArray(actualValue) && plannedValue.length === actualValue.length) {
      return plannedValue.flatMap((element, index) => {
        const actualElement = (actualValue as readonly EngineValue[])[index] ?? null;
        return isObject(element) && isObject(actualElement) ? resultErrors(nested, element, actualElement) : [];
      });
    }
    return isEqual(attribute, plannedValue, actualValue)
      ? []
      : [`${attribute.name}: was ${formatValue(plannedValue)}, but now ${formatValue(actualValue)}`];
  });
}

/** Returns the names of attributes that differ. Unknown differs from every known value. */
export function changedAttributes(attributes: readonly Schema_Attribute[], left: EngineObject, right: EngineObject): readonly string[] {
  return attributes
    .filter((attribute) => !isEqual(attribute, left[attribute.name] ?? null, right[attribute.name] ?? null))
    .map(({ name }) => name);
}

/** Returns the state that an engine proposes: the configuration, and prior values of computed attributes that the user left unset. */
export function proposedState(attributes: readonly Schema_Attribute[], config: EngineObject, prior: EngineObject | null): EngineObject {
  return Object.fromEntries(
    attributes.map((attribute) => {
      const configValue = config[attribute.name] ?? null;
      const priorValue = prior?.[attribute.name] ?? null;
      if (attribute.computed && configValue === null) return [attribute.name, priorValue];
      const nested = attribute.nestedType?.attributes;
      if (!nested || !isObject(configValue)) return [attribute.name, configValue];
      return [attribute.name, proposedState(nested, configValue, isObject(priorValue) ? priorValue : null)];
    }),
  );
}

/** Returns the names of attributes that must not be stored: unknown ones, and write-only ones with a value. */
export function unstorableAttributes(attributes: readonly Schema_Attribute[], state: EngineObject): readonly string[] {
  return attributes
    .filter(({ name, writeOnly }) => {
      const value = state[name] ?? null;
      return formatValue(value).includes("known after apply") || (writeOnly && value !== null);
    })
    .map(({ name }) => name);
}

function isEqual(attribute: Schema_Attribute, left: EngineValue, right: EngineValue): boolean {
  const isSet = !attribute.nestedType && attribute.type.toString("utf8").startsWith('["set"');
  const comparable = (value: EngineValue) =>
    isSet && Array.isArray(value) ? [...new Set(value.map(formatValue))].sort().join() : formatValue(value);
  return comparable(left) === comparable(right);
}

function formatValue(value: EngineValue): string {
  if (value === KNOWN_AFTER_APPLY) return "(known after apply)";
  if (Array.isArray(value)) return `[${value.map(formatValue).join()}]`;
  if (isObject(value)) {
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${formatValue(value[name] ?? null)}`).join()}}`;
  }
  return typeof value === "bigint" ? value.toString() : JSON.stringify(value);
}
