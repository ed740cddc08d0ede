/** The JSON Schema of the configuration, which editors use. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import cdktf from "../../cdktf.json";
import example from "../../examples/configuration/cdktf.json";
import { renderConfigurationSchema } from "../../stacks/configuration-schema";

const text = readFileSync(join(__dirname, "../../stacks/configuration.schema.json"), "utf8");
const accepts = new Ajv({ strict: true, strictTypes: false }).compile(JSON.parse(text) as object);

it("is up to date (npm run generate updates it)", () => {
  expect(text).toBe(renderConfigurationSchema());
});

it.each([
  ["this repository", cdktf.context.bitlift],
  ["the example", example.context.bitlift],
])("accepts the configuration of %s", (_title, configuration) => {
  expect(accepts(configuration)).toBe(true);
});

const integration = { name: "Payments", email: "a@b.c", apiTokenEnv: "TOKEN" };

it.each<[string, object]>([
  ["an unknown setting", { integrations: { a: { ...integration, nam: "A" } } }],
  ["a setting of the other product", { integrations: { a: { ...integration, server: "main" } } }],
  ["a filter on a single repository", { integrations: { a: { ...integration, repositories: [{ repository: "a/b", query: "c" }] } } }],
  ["two backends", { backend: { s3: {}, http: {} } }],
  ["a key with a space in it", { spaces: { "my space": { name: "A" } } }],
])("rejects %s", (_title, configuration) => {
  expect(accepts(configuration)).toBe(false);
});

it("describes every setting", () => {
  const { properties, definitions } = JSON.parse(text) as { properties: object; definitions: Record<string, { properties?: object }> };
  const settings = [properties, ...Object.values(definitions).map((definition) => definition.properties ?? {})].flatMap(Object.entries);
  expect(settings.filter(([, setting]) => !("description" in setting)).map(([name]) => name)).toEqual([]);
});
