// Parts that the seeds of both Bitbucket products share: lists in their JSON Schemas, and values that must not repeat.

/** JSON Schema of a list of objects that have no other fields. */
export function listSchema(properties: Readonly<Record<string, unknown>>, required: readonly string[]) {
  return { type: "array", items: { type: "object", properties, required, additionalProperties: false } };
}

/** A mistake for each value that is there a second time; undefined ones do not count. */
export function findDuplicates(values: readonly (string | undefined)[], path: (index: number) => string, what: string): readonly string[] {
  return values.flatMap((value, index) => {
    const first = values.indexOf(value);
    return value !== undefined && first < index ? [`${path(index)} is the same as ${path(first)}: ${what}`] : [];
  });
}
