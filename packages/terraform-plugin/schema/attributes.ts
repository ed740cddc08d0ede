/** How attributes are declared: presence first, then the type, then the description that people read. */
import type { Cause } from "../../diagnostics";
import type { AttributeType, PrimitiveShape } from "./attribute-types";

/**
 * Who sets the value. Each word stands for a valid combination of Terraform's flags, so contradictory flags cannot be declared.
 *
 * - `required`: the user must set it.
 * - `optional`: the user may set it; if unset, it is null.
 * - `defaulted`: the user may set it; if unset, it has the declared default, never the prior value (Optional and Computed in the schema).
 * - `optionalComputed`: the user may set it; if unset, the remote system sets it (Optional and Computed).
 * - `computed`: the remote system sets it; the user cannot.
 * - `writeOnly`: the user may set it, and it is stored in neither plan nor state.
 */
export type Presence = "required" | "optional" | "defaulted" | "optionalComputed" | "computed" | "writeOnly";

/** The options of a declaration, in addition to presence, type and description. */
export interface AttributeOptions {
  /** A change of the value replaces the resource. */
  readonly requiresReplace?: boolean;
  /** With `requiresReplace`: the remote system ignores case, so a change of case alone is recorded in place. */
  readonly caseInsensitive?: boolean;
  /** For `computed`: an update does not change the value, so plans show the prior value instead of "known after apply". */
  readonly useStateForUnknown?: boolean;
  /** The engine hides the value in its output, but stores it in the state. Use `writeOnly` to keep a secret out of the state. */
  readonly sensitive?: boolean;
  /** The only values allowed. Any other value is an error. For sets and lists, this applies to the elements. */
  readonly oneOf?: readonly string[];
  /** The values that the remote system documents. Any other value is a warning, and the remote system decides. Applies to elements too. */
  readonly known?: readonly string[];
  /** Setting the attribute shows a warning that ends with this text. */
  readonly deprecated?: string;
  /** For `writeOnly`: the argument to use instead on engines without write-only arguments. */
  readonly alternative?: string;
  /**
   * For a list of nested objects: users write each object as a block, as in schemas from before nested attributes. Without blocks, the value is an
   * empty list, never null.
   */
  readonly asBlocks?: { /** The greatest number of blocks. */ readonly maximum?: number };
  /** Validates a known, non-null value. Returns what is wrong and what to do, or undefined. A path in it starts at the attribute. */
  readonly check?: (value: never) => Cause | undefined;
}

/** One declared attribute. The type parameter `Value` exists only for inference. */
export interface Attribute<Value = unknown, P extends Presence = Presence> extends AttributeOptions {
  readonly presence: P;
  readonly type: AttributeType;
  /** Markdown. */
  readonly description: string;
  /** Only for `defaulted`. */
  readonly default?: unknown;
  /** Never present at run time. */
  readonly valueType?: Value;
}

/** Attributes by their Terraform names (`snake_case`). */
export interface Attributes {
  readonly [name: string]: Attribute;
}

/** A nested block of the provider block: configured once or not at all. */
export interface Block<A extends Attributes = Attributes> {
  readonly description: string;
  readonly attributes: A;
}

/** Blocks by their names. */
export interface Blocks {
  readonly [name: string]: Block;
}

interface ValueOfShape {
  string: string;
  number: number;
  boolean: boolean;
}

/** One method per type; each finishes a declaration: `required.string("Name of the file.")`. */
export interface AttributeBuilder<P extends Presence> {
  string(description: string, options?: AttributeOptions): Attribute<string, P>;
  number(description: string, options?: AttributeOptions): Attribute<number, P>;
  boolean(description: string, options?: AttributeOptions): Attribute<boolean, P>;
  /** An ordered list of primitive values. */
  list<E extends PrimitiveShape>(element: E, description: string, options?: AttributeOptions): Attribute<readonly ValueOfShape[E][], P>;
  /** Primitive values without order or repetition. Handlers receive an array. */
  set<E extends PrimitiveShape>(element: E, description: string, options?: AttributeOptions): Attribute<readonly ValueOfShape[E][], P>;
  /** Primitive values by key. Handlers receive a plain object. */
  map<E extends PrimitiveShape>(
    element: E,
    description: string,
    options?: AttributeOptions,
  ): Attribute<Readonly<Record<string, ValueOfShape[E]>>, P>;
  /** One nested object. */
  object<A extends Attributes>(attributes: A, description: string, options?: AttributeOptions): Attribute<NestedValue<A>, P>;
  /** A list of nested objects. */
  objects<A extends Attributes>(attributes: A, description: string, options?: AttributeOptions): Attribute<readonly NestedValue<A>[], P>;
}

/** The value of a nested object: every attribute is present, and null if it is unset. */
export type NestedValue<A extends Attributes> = {
  readonly [K in keyof A]: A[K] extends Attribute<infer V, "required"> ? V : A[K] extends Attribute<infer V> ? V | null : never;
};

function attributeBuilder<P extends Presence>(presence: P, defaultValue?: { readonly default: unknown }): AttributeBuilder<P> {
  const attribute = (type: AttributeType, description: string, options?: AttributeOptions) => ({
    ...options,
    ...defaultValue,
    presence,
    type,
    description,
  });
  return {
    string: (description, options) => attribute({ shape: "string" }, description, options),
    number: (description, options) => attribute({ shape: "number" }, description, options),
    boolean: (description, options) => attribute({ shape: "boolean" }, description, options),
    list: (element, description, options) => attribute({ shape: "list", element: { shape: element } }, description, options),
    set: (element, description, options) => attribute({ shape: "set", element: { shape: element } }, description, options),
    map: (element, description, options) => attribute({ shape: "map", element: { shape: element } }, description, options),
    object: (attributes, description, options) => attribute({ shape: "object", attributes }, description, options),
    objects: (attributes, description, options) =>
      attribute({ shape: "objects", element: { shape: "object", attributes } }, description, options),
  };
}

/** The user must set the value. */
export const required = attributeBuilder("required");

/** The user may set the value; if unset, it is null. */
export const optional = attributeBuilder("optional");

/** The user may set the value; if unset, the remote system sets it, and plans keep the prior value. */
export const optionalComputed = attributeBuilder("optionalComputed");

/** The remote system sets the value; plans show it as "known after apply", or as the prior value with `useStateForUnknown`. */
export const computed = attributeBuilder("computed");

/** The user may set the value. Only handlers see it (`config`): it is stored in neither plan nor state. Engines need version 1.11 or later. */
export const writeOnly = attributeBuilder("writeOnly");

/** The user may set the value; if unset, it is the given default, whatever the state contains. */
export function defaulted(value: string | number | boolean | readonly string[]): AttributeBuilder<"defaulted"> {
  return attributeBuilder("defaulted", { default: value });
}

/** The attributes of a block together with its nested blocks, which become objects that may be null. */
export function withBlocks(attributes: Attributes, blocks: Blocks): Attributes {
  const nested = Object.entries(blocks).map(([name, block]) => [name, optional.object(block.attributes, block.description)] as const);
  return { ...attributes, ...Object.fromEntries(nested) };
}
