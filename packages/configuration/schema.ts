/** The JSON Schema of the file, for editors and reference pages. */
import { z } from "zod";
import { homepage, version } from "../../package.json";
import { document, includedDocument } from "./model/document";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** The schema of the main file. Included files fit it too, except that they have no version, which the schema therefore asks of neither. */
export function configurationSchema(): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(document, { target: "draft-07", io: "input" });
  return {
    $schema,
    $id: `${homepage.replace(/#.*$/, "").replace("https://github.com/", "https://raw.githubusercontent.com/")}/v${version}/bitlift.schema.json`,
    title: "bitlift.yaml",
    description: "Spacelift's Bitbucket integrations as one reviewed file.",
    ...schema,
    // Editors use the schema for included files too.
    required: [],
  };
}

/** The keys that included files may contain. */
export const INCLUDED_KEYS: readonly string[] = Object.keys(includedDocument.shape);
