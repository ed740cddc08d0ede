// Copies a synthesized stack to where the engine runs: node copy-stack.mjs <stack> [<folder>]
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

const [stack = "", folder = "."] = process.argv.slice(2);
const source = join("cdktf.out", "stacks", stack);

const configuration = JSON.parse(readFileSync(join(source, "cdk.tf.json"), "utf8"));
// CDKTF adds a local backend to a stack that has none. Spacelift stores the state itself; anywhere else, the state would be lost.
if (configuration.terraform.backend?.local !== undefined) {
  if (process.env.TF_VAR_spacelift_run_id === undefined) throw new Error(`Add a backend to the stack ${stack}.`);
  delete configuration.terraform.backend;
}
writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(configuration, null, 2));

// The plugin and the hash that pins it. The folder assets exists only if the stack has assets.
for (const name of [".terraform.lock.hcl", "terraform.d", "assets"]) {
  rmSync(join(folder, name), { recursive: true, force: true });
  if (existsSync(join(source, name))) cpSync(join(source, name), join(folder, name), { recursive: true, verbatimSymlinks: true });
}
