/** What SDK v2 of Terraform plans: defaults without a mark in the schema, zero values that equal null, and values that it lets go. */
import { nestedAttributes, UNKNOWN, type Attribute, type Attributes, type Value } from "../../../packages/terraform-plugin";

export interface Values {
  readonly [name: string]: Value;
}

export interface PlanRules {
  /** Defaults, which the schema does not show. */
  readonly defaults: Values;
  /** Changes the plan after all other rules: differences that the provider suppresses. */
  readonly suppress?: ((planned: Record<string, Value>, change: { readonly prior: Values; readonly config: Values }) => void) | undefined;
}

/** @param prior null for a create */
export function sdkPlan(
  attributes: Attributes,
  { defaults, suppress }: PlanRules,
  config: Values,
  prior: Values | null,
): Record<string, Value> {
  const planned = Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => {
      const value = plannedValue(attribute, config[name] ?? null, prior === null ? undefined : (prior[name] ?? null), defaults[name]);
      return [name, value] as const;
    }),
  );
  if (prior !== null) suppress?.(planned, { prior, config });
  return planned;
}

/** `prior` is undefined for a create. */
function plannedValue(attribute: Attribute, config: Value, prior: Value | undefined, standard: Value | undefined): Value {
  const { presence } = attribute;
  if (presence === "writeOnly") return null;
  if (presence === "computed") return prior === undefined ? UNKNOWN : prior;
  const nested = nestedAttributes(attribute.type);
  if (nested !== undefined && Array.isArray(config)) {
    const old = Array.isArray(prior) ? (prior as readonly Value[]) : [];
    return (config as readonly Values[]).map((block, index) =>
      plannedBlock(nested, block, prior === undefined, (old[index] ?? {}) as Values),
    );
  }
  if (presence === "optionalComputed") {
    // An empty text removes nothing from a value that the server may set: the SDK lets the difference go.
    const unset = config === null || (config === "" && typeof prior === "string" && prior !== "");
    if (unset) return prior === undefined ? UNKNOWN : prior;
  }
  const wanted = config ?? standard ?? null;
  // The SDK compares texts, in which null and the zero value are equal.
  if (wanted === null && prior !== undefined && isZero(prior)) return prior;
  // It plans the removal of each element of a list or set, but not of the list.
  return wanted === null && Array.isArray(prior) ? [] : wanted;
}

function plannedBlock(attributes: Attributes, config: Values, isCreate: boolean, prior: Values): Values {
  return sdkPlan(attributes, { defaults: {} }, config, isCreate ? null : prior);
}

function isZero(value: Value): boolean {
  return value === null || value === "" || value === false || value === 0 || (Array.isArray(value) && value.length === 0);
}
