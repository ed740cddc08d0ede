/** A declaration as the JSON that `terraform providers schema -json` prints. The protocol's schema message is made from it too. */
import type { AnyProvider } from "../provider";
import type { Attribute, Attributes, Blocks, AttributeType, Presence, PrimitiveType } from "./attributes";

/** A type constraint in its JSON form. */
export type TypeJson = "string" | "number" | "bool" | readonly ["list" | "set" | "map", "string" | "number" | "bool"];

/** One attribute of a schema. Flags that are not set are left out, as the command line does. */
export interface AttributeJson {
  readonly type?: TypeJson;
  readonly nested_type?: { readonly attributes: Readonly<Record<string, AttributeJson>>; readonly nesting_mode: "single" | "list" };
  readonly description: string;
  readonly description_kind: "markdown";
  readonly required?: true;
  readonly optional?: true;
  readonly computed?: true;
  readonly sensitive?: true;
  readonly deprecated?: true;
  readonly write_only?: true;
}

/** A block: attributes and nested blocks side by side. */
export interface BlockJson {
  readonly attributes?: Readonly<Record<string, AttributeJson>>;
  readonly block_types?: Readonly<Record<string, { readonly nesting_mode: "single"; readonly block: BlockJson }>>;
  readonly description: string;
  readonly description_kind: "markdown";
}

/** The schema of a provider block, a resource or a data source. */
export interface SchemaJson {
  readonly version: number;
  readonly block: BlockJson;
}

/** The schemas of one provider. A list without entries is left out. */
export interface ProviderSchemasJson {
  readonly provider: SchemaJson;
  readonly resource_schemas?: Readonly<Record<string, SchemaJson>>;
  readonly data_source_schemas?: Readonly<Record<string, SchemaJson>>;
}

/** What `terraform providers schema -json` prints for a configuration with this one provider. */
export interface ProviderSchemaJson {
  readonly format_version: "1.0";
  readonly provider_schemas: Readonly<Record<string, ProviderSchemasJson>>;
}

type Flags = Pick<AttributeJson, "required" | "optional" | "computed" | "write_only">;

const FLAGS: Readonly<Record<Presence, Flags>> = {
  required: { required: true },
  optional: { optional: true },
  defaulted: { optional: true, computed: true },
  optionalComputed: { optional: true, computed: true },
  computed: { computed: true },
  writeOnly: { optional: true, write_only: true },
};

const PRIMITIVES: Readonly<Record<PrimitiveType, "string" | "number" | "bool">> = { string: "string", number: "number", boolean: "bool" };

/** The whole document, keyed by the provider's source address. */
export function providerSchemaJson(provider: AnyProvider): ProviderSchemaJson {
  return { format_version: "1.0", provider_schemas: { [provider.source]: providerSchemas(provider) } };
}

/** The schemas of a provider: its block, and every type under its full name. */
export function providerSchemas(provider: AnyProvider): ProviderSchemasJson {
  const named = (list: AnyProvider["resources"] | AnyProvider["dataSources"]) =>
    Object.fromEntries(list.map((entry) => [`${provider.name}_${entry.type}`, typeSchema(entry)]));
  return {
    provider: { version: 0, block: block(provider.summary, provider.attributes as Attributes, provider.blocks as Blocks) },
    ...(provider.resources.length > 0 && { resource_schemas: named(provider.resources) }),
    ...(provider.dataSources.length > 0 && { data_source_schemas: named(provider.dataSources) }),
  };
}

/** The schema of one resource or data source. */
export function typeSchema(declaration: {
  readonly summary: string;
  readonly description?: string | undefined;
  readonly attributes: unknown;
  readonly version?: number | undefined;
}): SchemaJson {
  const text = declaration.description === undefined ? declaration.summary : `${declaration.summary}\n\n${declaration.description}`;
  return { version: declaration.version ?? 0, block: block(text, declaration.attributes as Attributes, {}) };
}

function block(text: string, attributes: Attributes, blocks: Blocks): BlockJson {
  const nested = Object.entries(blocks).map(
    ([name, { description: blockText, attributes: inner }]) =>
      [name, { nesting_mode: "single" as const, block: block(blockText, inner, {}) }] as const,
  );
  return {
    ...(Object.keys(attributes).length > 0 && { attributes: attributesJson(attributes) }),
    ...(nested.length > 0 && { block_types: Object.fromEntries(nested) }),
    description: text,
    description_kind: "markdown",
  };
}

function attributesJson(attributes: Attributes): Readonly<Record<string, AttributeJson>> {
  return Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, attributeJson(attribute)]));
}

function attributeJson(attribute: Attribute): AttributeJson {
  return {
    ...typeOf(attribute.type),
    description: attribute.description,
    description_kind: "markdown",
    ...FLAGS[attribute.presence],
    ...(attribute.sensitive === true && { sensitive: true as const }),
    ...(attribute.deprecated !== undefined && { deprecated: true as const }),
  };
}

function typeOf(kind: AttributeType): Pick<AttributeJson, "type" | "nested_type"> {
  if (typeof kind === "string") return { type: PRIMITIVES[kind] };
  if ("list" in kind) return { type: ["list", PRIMITIVES[kind.list]] };
  if ("set" in kind) return { type: ["set", PRIMITIVES[kind.set]] };
  if ("map" in kind) return { type: ["map", PRIMITIVES[kind.map]] };
  if ("object" in kind) return { nested_type: { attributes: attributesJson(kind.object), nesting_mode: "single" } };
  return { nested_type: { attributes: attributesJson(kind.objects), nesting_mode: "list" } };
}
