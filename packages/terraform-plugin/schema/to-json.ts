/** Converts declarations to the JSON that `terraform providers schema -json` prints. `wire/` converts that JSON to the protocol's schema message. */
import type { AnyProvider } from "../provider";
import { nestedAttributes, type AttributeType, type PrimitiveShape } from "./attribute-types";
import type { Attribute, Attributes, Blocks, Presence } from "./attributes";
import { identityAttributes, isOptionalForImport } from "./identity";

/** A type constraint in its JSON form. */
export type TypeJson = "string" | "number" | "bool" | readonly ["list" | "set" | "map", "string" | "number" | "bool"];

/** One attribute of a schema. Flags that are not set are absent, as in the engine's output. */
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

/** A block: its attributes and its nested blocks. */
export interface BlockJson {
  readonly attributes?: Readonly<Record<string, AttributeJson>>;
  readonly block_types?: Readonly<Record<string, NestedBlockJson>>;
  readonly description: string;
  readonly description_kind: "markdown";
}

/** A nested block, or a list of them. */
export interface NestedBlockJson {
  readonly nesting_mode: "single" | "list";
  readonly block: BlockJson;
  /** For a list; absent if any number is allowed. */
  readonly max_items?: number;
}

/** The schema of a provider block, a resource or a data source. */
export interface SchemaJson {
  readonly version: number;
  readonly block: BlockJson;
}

/** The schema of a resource's identity. */
export interface IdentitySchemaJson {
  readonly version: number;
  readonly attributes: Readonly<Record<string, IdentityAttributeJson>>;
}

/** An identity attribute; exactly one of the two flags is set. */
export interface IdentityAttributeJson {
  readonly type: "string";
  readonly description: string;
  readonly required_for_import?: true;
  readonly optional_for_import?: true;
}

/** The schemas of one provider. An empty list of schemas is absent. Engines before 1.12 do not know the schemas of identities. */
export interface ProviderSchemasJson {
  readonly provider: SchemaJson;
  readonly resource_schemas?: Readonly<Record<string, SchemaJson>>;
  readonly data_source_schemas?: Readonly<Record<string, SchemaJson>>;
  readonly resource_identity_schemas?: Readonly<Record<string, IdentitySchemaJson>>;
}

/** What `terraform providers schema -json` prints for a configuration that uses only this provider. */
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

const PRIMITIVES: Readonly<Record<PrimitiveShape, "string" | "number" | "bool">> = { string: "string", number: "number", boolean: "bool" };

/** Returns the whole document. The provider's source address is the key of its schemas. */
export function providerSchemaJson(provider: AnyProvider): ProviderSchemaJson {
  return { format_version: "1.0", provider_schemas: { [provider.source]: providerSchemas(provider) } };
}

/** Returns the schemas of the provider block, and of every resource, its identity, and every data source by its full type (`text_file`). */
export function providerSchemas(provider: AnyProvider): ProviderSchemasJson {
  const fullType = (type: string) => `${provider.name}_${type}`;
  const byFullType = (declarations: AnyProvider["resources"] | AnyProvider["dataSources"]) =>
    Object.fromEntries(declarations.map((declaration) => [fullType(declaration.type), typeSchema(declaration)]));
  const identities = provider.resources
    .filter(({ legacyTypeSystem }) => legacyTypeSystem !== true)
    .map((declaration) => [fullType(declaration.type), identitySchema(declaration)] as const);
  return {
    provider: { version: 0, block: blockJson(provider.summary, provider.attributes as Attributes, provider.blocks as Blocks) },
    ...(provider.resources.length > 0 && { resource_schemas: byFullType(provider.resources) }),
    ...(provider.dataSources.length > 0 && { data_source_schemas: byFullType(provider.dataSources) }),
    ...(identities.length > 0 && { resource_identity_schemas: Object.fromEntries(identities) }),
  };
}

/** Returns the schema of one resource or data source. */
export function typeSchema(declaration: {
  readonly summary: string;
  readonly description?: string | undefined;
  readonly attributes: unknown;
  readonly version?: number | undefined;
}): SchemaJson {
  const { summary, description } = declaration;
  const text = description === undefined ? summary : `${summary}\n\n${description}`;
  return { version: declaration.version ?? 0, block: blockJson(text, declaration.attributes as Attributes, {}) };
}

/** Returns the schema of a resource's identity. */
export function identitySchema(declaration: Parameters<typeof identityAttributes>[0]): IdentitySchemaJson {
  const attributes = Object.entries(identityAttributes(declaration)).map(([name, { description }]) => {
    const flag = isOptionalForImport(declaration, name) ? { optional_for_import: true as const } : { required_for_import: true as const };
    return [name, { type: "string" as const, description, ...flag }] as const;
  });
  return { version: 0, attributes: Object.fromEntries(attributes) };
}

function blockJson(description: string, declared: Attributes, blocks: Blocks): BlockJson {
  const entries = Object.entries(declared);
  const attributes = Object.fromEntries(entries.filter(([, { asBlocks }]) => asBlocks === undefined));
  const nested: (readonly [string, NestedBlockJson])[] = [
    ...Object.entries(blocks).map(
      ([name, block]) => [name, { nesting_mode: "single", block: blockJson(block.description, block.attributes, {}) }] as const,
    ),
    ...entries.flatMap(([name, attribute]) =>
      attribute.asBlocks === undefined ? [] : [[name, blockList(attribute, attribute.asBlocks)] as const],
    ),
  ];
  return {
    ...(Object.keys(attributes).length > 0 && { attributes: attributesJson(attributes) }),
    ...(nested.length > 0 && { block_types: Object.fromEntries(nested) }),
    description,
    description_kind: "markdown",
  };
}

function blockList({ description, type }: Attribute, { maximum }: NonNullable<Attribute["asBlocks"]>): NestedBlockJson {
  const block = blockJson(description, nestedAttributes(type) ?? {}, {});
  return { nesting_mode: "list", block, ...(maximum !== undefined && { max_items: maximum }) };
}

function attributesJson(attributes: Attributes): Readonly<Record<string, AttributeJson>> {
  return Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, attributeJson(attribute)]));
}

function attributeJson(attribute: Attribute): AttributeJson {
  return {
    ...typeJson(attribute.type),
    description: attribute.description,
    description_kind: "markdown",
    ...FLAGS[attribute.presence],
    ...(attribute.sensitive === true && { sensitive: true as const }),
    ...(attribute.deprecated !== undefined && { deprecated: true as const }),
  };
}

function typeJson(type: AttributeType): Pick<AttributeJson, "type" | "nested_type"> {
  switch (type.shape) {
    case "string":
    case "number":
    case "boolean":
      return { type: PRIMITIVES[type.shape] };
    case "list":
    case "set":
    case "map":
      return { type: [type.shape, PRIMITIVES[type.element.shape]] };
    case "object":
      return { nested_type: { attributes: attributesJson(type.attributes), nesting_mode: "single" } };
    case "objects":
      return { nested_type: { attributes: attributesJson(type.element.attributes), nesting_mode: "list" } };
  }
}
