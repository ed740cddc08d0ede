/** The words of a declaration: presence first, then the kind, then the text that people read. */

/**
 * Who decides the value. Each word carries its Terraform flags, so contradictory flags cannot be written.
 * `required`, `optional`: the user. `defaulted`: the user, else the declared default (Optional+Computed in the schema; unset
 * means the default and never the prior value). `optionalComputed`: the remote system unless the user does (Optional+Computed).
 * `computed`: the remote system. `writeOnly`: the user, and it is stored nowhere.
 */
export type Presence = "required" | "optional" | "defaulted" | "optionalComputed" | "computed" | "writeOnly";

/** The kind of a value. `object` and `objects` are nested attributes (one object, a list of objects). */
export type AttributeType =
  | "string"
  | "number"
  | "boolean"
  | { readonly list: PrimitiveType }
  | { readonly set: PrimitiveType }
  | { readonly map: PrimitiveType }
  | { readonly object: Attributes }
  | { readonly objects: Attributes };

/** A kind without parts. */
export type PrimitiveType = "string" | "number" | "boolean";

/** What may be said about an attribute beyond presence, kind and text. */
export interface AttributeOptions {
  /** A change of the value replaces the resource. */
  readonly requiresReplace?: boolean;
  /** With `requiresReplace`: the remote system does not tell upper from lower case, so another spelling is recorded in place. */
  readonly caseInsensitive?: boolean;
  /** Computed: an update does not change it, so plans show the prior value. */
  readonly useStateForUnknown?: boolean;
  /** Hidden in the engine's output. The engine still stores it: never the way to keep a secret. */
  readonly sensitive?: boolean;
  /** The only values allowed; anything else is an error on this attribute. */
  readonly oneOf?: readonly string[];
  /** The values that are published; anything else is a warning, and the remote system decides. For sets and lists: of the elements. */
  readonly known?: readonly string[];
  /** Setting the attribute warns with this text. */
  readonly deprecated?: string;
  /** Write-only: the argument that does the same on engines without write-only arguments. */
  readonly alternative?: string;
  /** Judges a known, non-null value; the text says what is wrong with it. */
  readonly check?: (value: never) => string | undefined;
}

/** One declared attribute. `Value` exists only for inference. */
export interface Attribute<Value = unknown, P extends Presence = Presence> extends AttributeOptions {
  readonly presence: P;
  readonly type: AttributeType;
  readonly description: string;
  /** Only for `defaulted`. */
  readonly default?: unknown;
  /** Never present at run time. */
  readonly valueType?: Value;
}

/** A named group of attributes, keyed by Terraform names. */
export interface Attributes {
  readonly [name: string]: Attribute;
}

/** A nested block of the provider block or a resource: zero or one (`single`). */
export interface Block<A extends Attributes = Attributes> {
  readonly description: string;
  readonly attributes: A;
}

/** Named blocks. */
export interface Blocks {
  readonly [name: string]: Block;
}

interface Values {
  string: string;
  number: number;
  boolean: boolean;
}

/** Methods that finish a declaration: `required.string("…")`. */
export interface Declaring<P extends Presence> {
  string(text: string, options?: AttributeOptions): Attribute<string, P>;
  number(text: string, options?: AttributeOptions): Attribute<number, P>;
  boolean(text: string, options?: AttributeOptions): Attribute<boolean, P>;
  list<K extends PrimitiveType>(of: K, text: string, options?: AttributeOptions): Attribute<readonly Values[K][], P>;
  set<K extends PrimitiveType>(of: K, text: string, options?: AttributeOptions): Attribute<readonly Values[K][], P>;
  map<K extends PrimitiveType>(of: K, text: string, options?: AttributeOptions): Attribute<Readonly<Record<string, Values[K]>>, P>;
  object<A extends Attributes>(of: A, text: string, options?: AttributeOptions): Attribute<NestedValue<A>, P>;
  objects<A extends Attributes>(of: A, text: string, options?: AttributeOptions): Attribute<readonly NestedValue<A>[], P>;
}

/** The value of a nested object: every attribute present, null where it is unset. */
export type NestedValue<A extends Attributes> = {
  readonly [K in keyof A]: A[K] extends Attribute<infer V, "required"> ? V : A[K] extends Attribute<infer V> ? V | null : never;
};

function declaring<P extends Presence>(presence: P, extra: { readonly default?: unknown } = {}): Declaring<P> {
  const attribute = (type: AttributeType, description: string, options: AttributeOptions = {}) => ({
    ...options,
    ...extra,
    presence,
    type,
    description,
  });
  return {
    string: (text, options) => attribute("string", text, options),
    number: (text, options) => attribute("number", text, options),
    boolean: (text, options) => attribute("boolean", text, options),
    list: (of, text, options) => attribute({ list: of }, text, options),
    set: (of, text, options) => attribute({ set: of }, text, options),
    map: (of, text, options) => attribute({ map: of }, text, options),
    object: (of, text, options) => attribute({ object: of }, text, options),
    objects: (of, text, options) => attribute({ objects: of }, text, options),
  };
}

export const required = declaring("required");
export const optional = declaring("optional");
export const optionalComputed = declaring("optionalComputed");
export const computed = declaring("computed");
export const writeOnly = declaring("writeOnly");

/** Unset means this value, whatever the state says. */
export function defaulted(value: string | number | boolean | readonly string[]): Declaring<"defaulted"> {
  return declaring("defaulted", { default: value });
}
