/** What a published provider must find in answers, as JSON Schemas by request; a missing or wrongly typed field is a diff, an error or a crash there. */
import Ajv, { type ValidateFunction } from "ajv";

export const text = { type: "string" } as const;
export const flag = { type: "boolean" } as const;
/** Answers that may be anything. */
export const ANYTHING = {};

export const object = (properties: Readonly<Record<string, unknown>>, optional: Readonly<Record<string, unknown>> = {}) => ({
  type: "object",
  required: Object.keys(properties),
  properties: { ...properties, ...optional },
});

/** Patterns of method and path; the first row that fits decides. */
export type Need = readonly [method: string, path: string, schema: Readonly<Record<string, unknown>>];

/** What an answer lacks, in sentences. @throws Error for a request that no rule covers */
export function needChecker(needs: readonly Need[]): (method: string, path: string, answer: unknown) => string[] {
  const compiled = new Map<number, ValidateFunction>();
  return (method, path, answer) => {
    const index = needs.findIndex(([methods, paths]) => new RegExp(`^${methods} ${paths}$`).test(`${method} ${path}`));
    const [, , schema] = needs[index] ?? [];
    if (schema === undefined) throw new Error(`There is no rule for ${method} ${path}.`);
    const validate = compiled.get(index) ?? new Ajv({ allErrors: true, allowUnionTypes: true, strictRequired: false }).compile(schema);
    compiled.set(index, validate);
    if (validate(answer)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || "the answer"} ${message ?? ""}`);
  };
}
