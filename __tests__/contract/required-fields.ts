/** The fields that a published provider requires in responses, as a JSON Schema per request. A missing field or a wrong type causes a diff, an error or a crash there. */
import Ajv, { type ValidateFunction } from "ajv";

export const text = { type: "string" } as const;
export const boolean = { type: "boolean" } as const;
/** Accepts every response. */
export const ANYTHING = {};

export const object = (properties: Readonly<Record<string, unknown>>, optional: Readonly<Record<string, unknown>> = {}) => ({
  type: "object",
  required: Object.keys(properties),
  properties: { ...properties, ...optional },
});

/** Regular expressions for method and path. The first matching rule applies. */
export type RequiredFieldsRule = readonly [method: string, path: string, schema: Readonly<Record<string, unknown>>];

/** The returned function lists the problems of a response. @throws Error for a request without a rule */
export function createFieldChecker(rules: readonly RequiredFieldsRule[]): (method: string, path: string, response: unknown) => string[] {
  const compiled = new Map<number, ValidateFunction>();
  return (method, path, response) => {
    const index = rules.findIndex(([methods, paths]) => new RegExp(`^${methods} ${paths}$`).test(`${method} ${path}`));
    const [, , schema] = rules[index] ?? [];
    if (schema === undefined) throw new Error(`No rule matches ${method} ${path}.`);
    const validate = compiled.get(index) ?? new Ajv({ allErrors: true, allowUnionTypes: true, strictRequired: false }).compile(schema);
    compiled.set(index, validate);
    if (validate(response)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || "the response"} ${message ?? ""}`);
  };
}
