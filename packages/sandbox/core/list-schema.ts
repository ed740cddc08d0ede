// JSON Schemas of lists in seeds.

/** JSON Schema of a list of objects that have no other fields. */
export function listSchema(properties: Readonly<Record<string, unknown>>, required: readonly string[]) {
  return { type: "array", items: { type: "object", properties, required, additionalProperties: false } };
}
