/** Converts a handler's result, or a stored state, to the exact shape of a schema, and reports what did not match. */
import type { AttributeType, PrimitiveShape } from "./attribute-types";
import type { Attribute, Attributes } from "./attributes";
import { elementKey } from "./equal";
import { numberText } from "./number";
import { ExactNumber, isListValue, isNumberValue, isObjectValue, UNKNOWN, type ObjectValue, type Value } from "./value";

/** A part of a value that does not match the schema. The text never contains the value. */
export interface Mismatch {
  readonly at: Path;
  /** Completes "the attribute …": `is missing (undefined)`. */
  readonly text: string;
}

export interface ConformOptions {
  /** Whether values may be unknown. */
  readonly unknown: boolean;
  /** Whether attributes may be absent; they become null. */
  readonly missing: boolean;
  /** Whether a number for an attribute of type string becomes its text, as engines convert it. */
  readonly numbersAsText?: boolean;
}

export interface Conformed {
  /** Exactly the declared attributes. Mismatches and write-only attributes are null. */
  readonly value: ObjectValue;
  readonly mismatches: readonly Mismatch[];
}

type Path = readonly (string | number)[];

/** Accepts any value, including `undefined` and values from JSON. */
export function conform(attributes: Attributes, given: unknown, options: ConformOptions): Conformed {
  const conversion = new Conversion(options);
  return { value: conversion.root(attributes, given), mismatches: conversion.mismatches };
}

class Conversion {
  readonly mismatches: Mismatch[] = [];
  readonly #options: ConformOptions;

  constructor(options: ConformOptions) {
    this.#options = options;
  }

  root(attributes: Attributes, given: unknown): ObjectValue {
    if (isObjectValue(given)) return this.#object(attributes, given, []);
    this.mismatches.push({ at: [], text: "is not an object" });
    return this.#object(attributes, {}, []);
  }

  #object(attributes: Attributes, given: { readonly [name: string]: unknown }, at: Path): ObjectValue {
    const value: Record<string, Value> = {};
    for (const [name, attribute] of Object.entries(attributes)) value[name] = this.#attribute(attribute, given[name], [...at, name]);
    return value;
  }

  #attribute(attribute: Attribute, given: unknown, at: Path): Value {
    if (attribute.presence === "writeOnly") return null;
    if (given !== undefined) return this.#value(attribute.type, given, at);
    return this.#options.missing ? null : this.#mismatch(at, "is missing (undefined)");
  }

  #value(type: AttributeType, given: unknown, at: Path): Value {
    if (given === null) return null;
    if (given === UNKNOWN) return this.#options.unknown ? UNKNOWN : this.#mismatch(at, "is still unknown");
    switch (type.shape) {
      case "string":
        if (this.#options.numbersAsText === true && isNumberValue(given)) return numberText(given);
        return isPrimitive(type.shape, given) ? given : this.#mismatch(at, `is not a ${type.shape}`);
      case "number":
      case "boolean":
        return isPrimitive(type.shape, given) ? given : this.#mismatch(at, `is not a ${type.shape}`);
      case "list":
      case "objects":
        return isListValue(given) ? this.#list(type.element, given, at) : this.#mismatch(at, "is not a list");
      case "set":
        return isListValue(given) ? distinct(this.#list(type.element, given, at)) : this.#mismatch(at, "is not a list");
      case "map":
        return isObjectValue(given) ? this.#map(type.element, given, at) : this.#mismatch(at, "is not an object");
      case "object":
        return isObjectValue(given) ? this.#object(type.attributes, given, at) : this.#mismatch(at, "is not an object");
    }
  }

  #list(element: AttributeType, given: readonly unknown[], at: Path): readonly Value[] {
    return given.map((part, index) => this.#value(element, part, [...at, index]));
  }

  #map(element: AttributeType, given: { readonly [key: string]: unknown }, at: Path): Value {
    return Object.fromEntries(Object.entries(given).map(([key, part]) => [key, this.#value(element, part, [...at, key])]));
  }

  #mismatch(at: Path, text: string): null {
    this.mismatches.push({ at, text });
    return null;
  }
}

function isPrimitive(shape: PrimitiveShape, given: unknown): given is string | number | boolean | ExactNumber {
  switch (shape) {
    case "string":
      return typeof given === "string";
    case "number":
      return given instanceof ExactNumber || Number.isFinite(given);
    case "boolean":
      return typeof given === "boolean";
  }
}

/** Removes repeated elements, except unknown ones: they may become different values, and engines require each of them in the result. */
function distinct(values: readonly Value[]): readonly Value[] {
  const byKey = new Map<string | number, Value>(values.map((value, index) => [value === UNKNOWN ? index : elementKey(value), value]));
  return byKey.size === values.length ? values : [...byKey.values()];
}
