/** Reads the schema of a published provider, as engines print it, into the declarations of the runtime. */
import {
  computed,
  optional,
  optionalComputed,
  required,
  writeOnly,
  type Attribute,
  type Attributes,
} from "../../../packages/terraform-plugin";

/** Nested types occur only in blocks. */
export type TypeJson = string | readonly string[];

export interface AttributeJson {
  readonly type: TypeJson;
  readonly description?: string;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
  readonly write_only?: boolean;
}

export interface BlockJson {
  readonly attributes?: Readonly<Record<string, AttributeJson>>;
  readonly block_types?: Readonly<
    Record<string, { readonly block: BlockJson; readonly max_items?: number; readonly description?: string }>
  >;
  readonly description?: string;
}

export interface SchemaJson {
  readonly version: number;
  readonly block: BlockJson;
}

/** A file of `tools/generate/published-schemas`. */
export interface PublishedSchemas {
  readonly source: string;
  readonly version: string;
  readonly provider: SchemaJson;
  readonly resource_schemas: Readonly<Record<string, SchemaJson>>;
  readonly data_source_schemas: Readonly<Record<string, SchemaJson>>;
}

/** @param replacing the attributes whose change replaces the resource, which no schema contains */
export function attributesOf({ attributes = {}, block_types: blocks = {} }: BlockJson, replacing: readonly string[] = []): Attributes {
  const plain = Object.entries(attributes).map(([name, json]) => [name, attributeOf(json, replacing.includes(name))] as const);
  const nested = Object.entries(blocks).map(([name, { block, max_items: maximum }]) => {
    const asBlocks = maximum === undefined ? {} : { maximum };
    return [name, { ...optional.objects(attributesOf(block), block.description ?? ""), asBlocks }] as const;
  });
  return Object.fromEntries([...plain, ...nested]);
}

function attributeOf(json: AttributeJson, requiresReplace: boolean): Attribute {
  const { type, description = "", sensitive = false, deprecated = false } = json;
  const options = {
    requiresReplace,
    sensitive,
    ...(deprecated && { deprecated: "the published provider marks it as deprecated." }),
  };
  const builder = builderOf(json);
  if (type === "string") return builder.string(description, options);
  if (type === "number") return builder.number(description, options);
  if (type === "bool") return builder.boolean(description, options);
  const [collection, element] = type;
  const isCollection = collection === "list" || collection === "set" || collection === "map";
  if (isCollection && element === "string") return builder[collection](element, description, options);
  throw new Error(`A stand-in does not support the attribute type ${JSON.stringify(type)}.`);
}

function builderOf(json: AttributeJson) {
  if (json.write_only === true) return writeOnly;
  if (json.required === true) return required;
  if (json.optional !== true) return computed;
  return json.computed === true ? optionalComputed : optional;
}
