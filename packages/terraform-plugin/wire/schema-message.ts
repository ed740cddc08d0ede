/** Converts the JSON form of a schema to the protocol's schema message. */
import type { AttributeJson, BlockJson, SchemaJson } from "../schema/to-json";
import { Schema_NestedBlock_NestingMode, Schema_Object_NestingMode, StringKind } from "./generated/tfplugin6";
import type { Schema, Schema_Attribute, Schema_Block } from "./generated/tfplugin6";

export function schemaMessage(schema: SchemaJson): Schema {
  return { version: schema.version, block: blockMessage(schema.block) };
}

function blockMessage(block: BlockJson): Schema_Block {
  return {
    version: 0,
    attributes: Object.entries(block.attributes ?? {}).map(([name, attribute]) => attributeMessage(name, attribute)),
    blockTypes: Object.entries(block.block_types ?? {}).map(([typeName, nested]) => ({
      typeName,
      block: blockMessage(nested.block),
      nesting: nested.nesting_mode === "list" ? Schema_NestedBlock_NestingMode.LIST : Schema_NestedBlock_NestingMode.SINGLE,
      minItems: 0,
      maxItems: nested.max_items ?? 0,
    })),
    description: block.description,
    descriptionKind: StringKind.MARKDOWN,
    deprecated: false,
  };
}

function attributeMessage(name: string, attribute: AttributeJson): Schema_Attribute {
  const nested = attribute.nested_type;
  return {
    name,
    type: Buffer.from(attribute.type === undefined ? "" : JSON.stringify(attribute.type)),
    description: attribute.description,
    descriptionKind: StringKind.MARKDOWN,
    required: attribute.required === true,
    optional: attribute.optional === true,
    computed: attribute.computed === true,
    sensitive: attribute.sensitive === true,
    deprecated: attribute.deprecated === true,
    writeOnly: attribute.write_only === true,
    nestedType: nested && {
      attributes: Object.entries(nested.attributes).map(([innerName, inner]) => attributeMessage(innerName, inner)),
      nesting: nested.nesting_mode === "list" ? Schema_Object_NestingMode.LIST : Schema_Object_NestingMode.SINGLE,
    },
  };
}
