/** `bitlift schema`: prints the JSON Schema of bitlift.yaml. */
import { configurationSchema } from "../../configuration";

export function printSchema(): void {
  process.stdout.write(`${JSON.stringify(configurationSchema(), null, 2)}\n`);
}
