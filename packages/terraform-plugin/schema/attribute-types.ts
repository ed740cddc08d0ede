/** The types that attributes can have. Each is tagged by its shape, so all code switches over the same cases. */
import type { Attributes } from "./attributes";

/** The shapes of primitive types. */
export type PrimitiveShape = "string" | "number" | "boolean";

/** A string, a number or a boolean. */
export interface PrimitiveType {
  readonly shape: PrimitiveShape;
}

/** Several primitive values: ordered, unordered, or by key. */
export interface CollectionType {
  readonly shape: "list" | "set" | "map";
  readonly element: PrimitiveType;
}

/** One nested object. */
export interface ObjectType {
  readonly shape: "object";
  readonly attributes: Attributes;
}

/** A list of nested objects. */
export interface ObjectListType {
  readonly shape: "objects";
  readonly element: ObjectType;
}

/** The type of an attribute's value. Switch over `shape`. */
export type AttributeType = PrimitiveType | CollectionType | ObjectType | ObjectListType;

/** The attributes of a nested object, or of each object in a list; undefined for the other types. */
export function nestedAttributes(type: AttributeType): Attributes | undefined {
  switch (type.shape) {
    case "object":
      return type.attributes;
    case "objects":
      return type.element.attributes;
    case "string":
    case "number":
    case "boolean":
    case "list":
    case "set":
    case "map":
      return undefined;
  }
}
