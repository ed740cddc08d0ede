/** `stacks/configuration.schema.json`: the JSON Schema of the default app's configuration, for editors. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { renderConfigurationSchema } from "../../stacks/configuration-schema";
import { ROOT } from "./document";

export async function generateConfigurationSchema(): Promise<void> {
  await writeFile(join(ROOT, "stacks/configuration.schema.json"), renderConfigurationSchema());
}
