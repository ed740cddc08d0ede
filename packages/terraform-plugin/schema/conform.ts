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
  /** Of the current part. */
  readonly #at: (string | number)[] = [];

  constructor(options: ConformOptions) {
    this.#options = options;
  }

  root(attributes: Attributes, given: unknown): ObjectValue {
    if (isObjectValue(given)) return this.#object(attributes, given);
    this.#mismatch("is not an object");
    return this.#object(attributes, {});
  }

  #object(attributes: Attributes, given: { readonly [name: string]: unknown }): ObjectValue {
    const value: Record<string, Value> = {};
    for (const name in attributes) {
      const attribute = attributes[name];
      if (attribute === undefined) continue;
      this.#at.push(name);
      value[name] = this.#attribute(attribute, given[name]);
      this.#at.pop();
    }
    return value;
  }

  #attribute(attribute: Attribute, given: unknown): Value {
    if (attribute.presence === "writeOnly") return null;
    if (attribute.asBlocks !== undefined && (given === null || given === undefined)) return [];
    if (given !== undefined) return this.#value(attribute.type, given);
    return this.#options.missing ? null : this.#mismatch("is missing (undefined)");
  }

  #value(type: AttributeType, given: unknown): Value {
    if (given === null) return null;
    if (given === UNKNOWN) return this.#options.unknown ? UNKNOWN : this.#mismatch("is still unknown");
    switch (type.shape) {
      case "string":
        if (this.#options.numbersAsText === true && isNumberValue(given)) return numberText(given);
        return isPrimitive(type.shape, given) ? given : this.#mismatch(`is not a ${type.shape}`);
      case "number":
      case "boolean":
        return isPrimitive(type.shape, given) ? given : this.#mismatch(`is not a ${type.shape}`);
      case "list":
      case "objects":
        return isListValue(given) ? this.#list(type.element, given) : this.#mismatch("is not a list");
      case "set":
        return isListValue(given) ? distinct(this.#list(type.element, given)) : this.#mismatch("is not a list");
      case "map":
        return isObjectValue(given) ? this.#map(type.element, given) : this.#mismatch("is not an object");
      case "object":
        return isObjectValue(given) ? this.#object(type.attributes, given) : this.#mismatch("is not an object");
    }
  }

  #list(element: AttributeType, given: readonly unknown[]): readonly Value[] {
    return given.map((part, index) => this.#part(element, part, index));
  }

  #map(element: AttributeType, given: { readonly [key: string]: unknown }): Value {
    return Object.fromEntries(Object.entries(given).map(([key, part]) => [key, this.#part(element, part, key)]));
  }

  #part(element: AttributeType, given: unknown, key: string | number): Value {
    this.#at.push(key);
    const value = this.#value(element, given);
    this.#at.pop();
    return value;
  }

  #mismatch(text: string): null {
    this.mismatches.push({ at: [...this.#at], text });
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
