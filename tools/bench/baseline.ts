/** The baseline: the same number of the engine's built-in terraform_data resources, which need no plugin and no requests. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Engine } from "../../packages/engine";
import { runMeasured, type MeasuredRun } from "./measured-run";
import { emptyState, withObjects } from "./state-file";

/** Prepares a folder whose state has `count` resources. `plan` plans once, and throws if the plan has changes. */
export async function prepareBaseline(
  engine: Engine,
  folder: string,
  env: Readonly<Record<string, string>>,
  count: number,
): Promise<{ plan(): Promise<MeasuredRun> }> {
  const names = Array.from({ length: count }, (_, index) => `object-${index}`);
  await mkdir(folder, { recursive: true });
  const configuration = { resource: { terraform_data: Object.fromEntries(names.map((name) => [name, { input: name }])) } };
  await writeFile(join(folder, "main.tf.json"), JSON.stringify(configuration));
  const dynamicString = (value: string) => ({ value, type: "string" });
  const objects = names.map((name, index) => {
    const id = `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
    return {
      type: "terraform_data",
      name,
      attributes: { id, input: dynamicString(name), output: dynamicString(name), triggers_replace: null },
    };
  });
  const state = withObjects(emptyState(engine.version), "terraform.io/builtin/terraform", objects);
  await writeFile(join(folder, "terraform.tfstate"), JSON.stringify(state));
  await runMeasured(engine.path, ["init", "-input=false", "-no-color"], { folder, env });
  return { plan: () => runMeasured(engine.path, ["plan", "-input=false", "-no-color", "-detailed-exitcode"], { folder, env }) };
}
