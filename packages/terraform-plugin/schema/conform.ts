/** Brings a handler's result, or a stored state, to the exact shape of a schema, and says what was wrong with it. */
import type { Attribute, Attributes, AttributeType, PrimitiveType } from "./attributes";
import { elementKey } from "./equal";
import { isObjectValue, nestedIn } from "./kinds";
import { ExactNumber, UNKNOWN, type ObjectValue, type Value } from "./value";

/** One thing that does not fit. The text never holds the value. */
export interface Fault {
  readonly at: readonly (string | number)[];
  /** Completes "the attribute …": "is missing". */
  readonly text: string;
}

export interface ConformOptions {
  /** Whether values may be undecided. */
  readonly unknown: boolean;
  /** Whether an attribute may be left out; it is null then. */
  readonly missing: boolean;
}

/** Every declared attribute, and no other. What does not fit is null in the value and named in `faults`; write-only attributes are always null. */
export function conform(
  attributes: Attributes,
  given: unknown,
  options: ConformOptions,
): { readonly value: ObjectValue; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  if (!isObjectValue(given)) faults.push({ at: [], text: "is not an object" });
  return { value: objectOf(attributes, isObjectValue(given) ? given : {}, [], options, faults), faults };
}

type Path = readonly (string | number)[];

function objectOf(
  attributes: Attributes,
  given: { readonly [name: string]: unknown },
  at: Path,
  options: ConformOptions,
  faults: Fault[],
): ObjectValue {
  const value: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(attributes)) {
    value[name] = attributeOf(attribute, given[name], [...at, name], options, faults);
  }
  return value;
}

function attributeOf(attribute: Attribute, given: unknown, at: Path, options: ConformOptions, faults: Fault[]): Value {
  if (attribute.presence === "writeOnly") return null;
  if (given === undefined && !options.missing) faults.push({ at, text: "is missing (undefined)" });
  return given === undefined ? null : valueOf(attribute.type, given, at, options, faults);
}

function valueOf(kind: AttributeType, given: unknown, at: Path, options: ConformOptions, faults: Fault[]): Value {
  if (given === null) return null;
  if (given === UNKNOWN) {
    if (!options.unknown) faults.push({ at, text: "is still undecided" });
    return options.unknown ? UNKNOWN : null;
  }
  if (typeof kind === "string") return primitiveOf(kind, given, at, faults);
  const wrong = (expected: string) => {
    faults.push({ at, text: `is not ${expected}` });
    return null;
  };
  const nested = nestedIn(kind);
  if ("list" in kind || "set" in kind || nested?.many === true) {
    if (!Array.isArray(given)) return wrong("a list");
    const inner: AttributeType = nested ? { object: nested.attributes } : "list" in kind ? kind.list : "set" in kind ? kind.set : "string";
    const values = given.map((element: unknown, index) => valueOf(inner, element, [...at, index], options, faults));
    return "set" in kind ? distinct(values) : values;
  }
  if (!isObjectValue(given)) return wrong("an object");
  if (nested) return objectOf(nested.attributes, given, at, options, faults);
  const element = "map" in kind ? kind.map : "string";
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, valueOf(element, value, [...at, key], options, faults)]));
}

function primitiveOf(kind: PrimitiveType, given: unknown, at: Path, faults: Fault[]): Value {
  if (kind === "number" && given instanceof ExactNumber) return given;
  if (kind === "number" && typeof given === "number" && Number.isFinite(given)) return given;
  if (kind === "string" && typeof given === "string") return given;
  if (kind === "boolean" && typeof given === "boolean") return given;
  faults.push({ at, text: `is not a ${kind}` });
  return null;
}

/** Each value once. Two that are undecided may become different ones, and engines insist on both. */
function distinct(values: readonly Value[]): readonly Value[] {
  const byKey = new Map<string | number, Value>(values.map((value, index) => [value === UNKNOWN ? index : elementKey(value), value]));
  return byKey.size === values.length ? values : [...byKey.values()];
}
