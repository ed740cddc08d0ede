/** The files of the examples, the demo and the guide are correct, and fit the JSON Schema. */
import Ajv from "ajv";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { configurationSchema, readConfigurationSync } from "..";

const ROOT = join(__dirname, "../../..");
const isValid = new Ajv({ strict: false }).compile(configurationSchema());

const FILES = [
  "bitlift.yaml",
  ...["configuration", "file", "getting-started", "pipelines", "spacelift"].map((name) => `examples/${name}/bitlift.yaml`),
  ...["cloud", "data-center", "existing", "parts", "published", "sets"].map((name) => `examples/file/${name}.yaml`),
];

it.each(FILES)("%s is correct", (file) => {
  const { configuration, findings } = readConfigurationSync(join(ROOT, file));
  expect(findings).toEqual([]);
  for (const name of configuration!.files) {
    const value = parse(readFileSync(join(ROOT, file, "..", name), "utf8"));
    expect([name, isValid(value), isValid.errors]).toEqual([name, true, null]);
  }
});
