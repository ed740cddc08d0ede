/** The JSON Schema: what it accepts, and that editors find descriptions for every key. */
import Ajv from "ajv";
import { configurationSchema } from "..";
import { isVariableName } from "../../domain";

const schema = configurationSchema();
const isValid = new Ajv({ strict: false }).compile(schema);

it.each<[unknown, boolean]>([
  [{ version: 1 }, true],
  [{ spaces: { a: { name: "A" } } }, true],
  [{ version: 2 }, false],
  [{ version: 1, spaces: { a: { nam: "A" } } }, false],
  [
    { version: 1, integrations: { a: { cloud: { email: "a@b", token: { env: "T" } }, name: "A", repositories: ["a/b", { every: "a" }] } } },
    true,
  ],
  [{ version: 1, integrations: { a: { cloud: { token: "literal" }, name: "A" } } }, false],
  [{ version: 1, integrations: { a: { cloud: {}, datacenter: {}, name: "A" } } }, false],
  [{ version: 1, integrations: { a: { cloud: {}, existing: { default: true } } } }, true],
  [{ version: 1, integrations: { a: { cloud: {}, existing: { default: true, id: "x" } } } }, false],
  [{ version: 1, backing: "published", integrations: { a: { cloud: {}, existing: { id: "x" }, backing: "bitlift" } } }, true],
  [{ version: 1, backing: "spacelift" }, false],
  [{ version: 1, defaults: { integration: { backing: "published" } } }, false],
])("says about %j: %s", (file, expected) => {
  expect(isValid(file)).toBe(expected);
});

it("describes every key, and allows no other", () => {
  const missing: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== "object" || value === null) return;
    const { properties, additionalProperties } = value as {
      properties?: Record<string, Record<string, unknown>>;
      additionalProperties?: unknown;
    };
    for (const [name, property] of Object.entries(properties ?? {})) {
      if (!JSON.stringify(property).includes('"description"') && !JSON.stringify(property).includes('"$ref"'))
        missing.push(`${path}.${name}`);
    }
    if (properties !== undefined && additionalProperties !== false) missing.push(`${path}: additionalProperties`);
    for (const [name, child] of Object.entries(value)) visit(child, `${path}.${name}`);
  };
  visit(schema, "");
  expect(missing).toEqual([]);
});

it("has the address of the released file", () => {
  expect(schema["$id"]).toMatch(/^https:\/\/raw\.githubusercontent\.com\/.+\/v\d+\.\d+\.\d+\/bitlift\.schema\.json$/);
});

it.each(["TOKEN", "_A1", "lower", "1A", "A-B", "A".repeat(19) + "1", "A".repeat(20) + "1", "A_".repeat(12) + "1", ""])(
  "agrees with the rule for names of variables about %p",
  (name) => {
    const { pattern } = (schema["definitions"] as Record<string, { pattern: string }>)["variable"]!;
    expect(new RegExp(pattern).test(name)).toBe(isVariableName(name));
  },
);
