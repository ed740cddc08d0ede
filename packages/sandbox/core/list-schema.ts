// JSON Schema of a list in a seed.

/** The items are objects without other fields. */
export function createListSchema(properties: Readonly<Record<string, unknown>>, required: readonly string[]) {
  return { type: "array", items: { type: "object", properties, required, additionalProperties: false } };
}
