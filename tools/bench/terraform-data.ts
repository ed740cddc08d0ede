/** The baseline: the same number of the engine's built-in terraform_data resources, which need no plugin and no requests. */
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { measuredEnvironment, newFolder, type Benchmark } from "./benchmark";
import { APPLY, PLAN, runMeasured, type MeasuredRun } from "./measured-run";
import { emptyState, withObjects, type StateFile } from "./state-file";

export interface TerraformData {
  /** Plans applied resources. @throws if the plan has changes */
  plan(): Promise<MeasuredRun>;
  /** Creates the resources, from an empty state each time. */
  create(): Promise<MeasuredRun>;
}

/** Prepares a folder with `count` resources. */
export async function prepareTerraformData(benchmark: Benchmark, count: number): Promise<TerraformData> {
  const folder = await newFolder(benchmark);
  const env = await measuredEnvironment(benchmark, folder);
  const { path: engine, version } = benchmark.engine;
  const names = Array.from({ length: count }, (_, index) => `object-${index}`);
  const configuration = { resource: { terraform_data: Object.fromEntries(names.map((name) => [name, { input: name }])) } };
  const state = join(folder, "terraform.tfstate");
  await writeFile(join(folder, "main.tf.json"), JSON.stringify(configuration));
  await runMeasured(engine, ["init", "-input=false", "-no-color"], { folder, env });
  return {
    plan: async () => {
      await writeFile(state, JSON.stringify(appliedState(version, names)));
      return runMeasured(engine, PLAN, { folder, env });
    },
    create: async () => {
      await rm(state, { force: true });
      return runMeasured(engine, APPLY, { folder, env });
    },
  };
}

function appliedState(engineVersion: string, names: readonly string[]): StateFile {
  const dynamicString = (value: string) => ({ value, type: "string" });
  const objects = names.map((name, index) => {
    const id = `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
    return {
      type: "terraform_data",
      name,
      attributes: { id, input: dynamicString(name), output: dynamicString(name), triggers_replace: null },
    };
  });
  return withObjects(emptyState(engineVersion), "terraform.io/builtin/terraform", objects);
}
