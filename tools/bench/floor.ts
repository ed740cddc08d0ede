/** The floor: the same number of the engine's own terraform_data objects, which no provider is asked about. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Engine } from "../../packages/engine";
import { runEngine, type Run } from "./engine-run";
import { emptyState, withObjects } from "./state-file";

/** A folder with `count` applied objects; `plan` plans it once and insists that nothing changes. */
export async function floor(
  engine: Engine,
  folder: string,
  env: Readonly<Record<string, string>>,
  count: number,
): Promise<{ plan(): Promise<Run> }> {
  const names = Array.from({ length: count }, (_, index) => `object-${String(index)}`);
  await mkdir(folder, { recursive: true });
  const configuration = { resource: { terraform_data: Object.fromEntries(names.map((name) => [name, { input: name }])) } };
  await writeFile(join(folder, "main.tf.json"), JSON.stringify(configuration));
  const text = (value: string) => ({ value, type: "string" });
  const objects = names.map((name, index) => ({
    type: "terraform_data",
    name,
    attributes: {
      id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
      input: text(name),
      output: text(name),
      triggers_replace: null,
    },
  }));
  await writeFile(
    join(folder, "terraform.tfstate"),
    JSON.stringify(withObjects(emptyState(engine.version), "terraform.io/builtin/terraform", objects)),
  );
  await runEngine(engine.path, ["init", "-input=false", "-no-color"], { folder, env });
  return { plan: () => runEngine(engine.path, ["plan", "-input=false", "-no-color", "-detailed-exitcode"], { folder, env }) };
}
