/** The JSON Schema of the file, for editors and reference pages. */
import { z } from "zod";
import { homepage, version } from "../../package.json";
import { document } from "./model/document";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** The schema of the main file. It requires no version, because editors use it for included files too, which have none. */
export function configurationSchema(): JsonSchema {
  const { $schema, required: _required, ...schema } = z.toJSONSchema(document, { target: "draft-07", io: "input" });
  return {
    $schema,
    $id: `${homepage.replace(/#.*$/, "").replace("https://github.com/", "https://raw.githubusercontent.com/")}/v${version}/bitlift.schema.json`,
    title: "bitlift.yaml",
    description: "Spacelift's Bitbucket integrations as one reviewed file.",
    ...schema,
  };
}
