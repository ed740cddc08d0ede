/** Lists the files that another folder or machine needs in order to deploy a synthesized stack. */
import { TerraformAsset } from "../host";
import type { IConstruct } from "constructs";

/** Set by build servers in general, and by those that do not set CI. The token is in every Spacelift run. */
const PIPELINE_VARIABLES = ["CI", "SPACELIFT_API_TOKEN", "ATLANTIS_TERRAFORM_VERSION", "TF_BUILD"] as const;

/** Set by a program that runs the engine itself, or copies the files: the command `bitlift` does. */
const SILENT_VARIABLE = "BITLIFT_RUNS_ENGINE";

/** Whether the app runs in a pipeline, where recipes often copy only cdk.tf.json. */
export function runsInPipeline(): boolean {
  if ((process.env[SILENT_VARIABLE] ?? "") !== "") return false;
  return PIPELINE_VARIABLES.some((name) => !["", "0", "false"].includes((process.env[name] ?? "").toLowerCase()));
}

/**
 * One line that names the files.
 * @param app Root of the construct tree.
 */
export function travelingFilesText(app: IConstruct): string {
  const names = ["cdk.tf.json", ".terraform.lock.hcl", "terraform.d"];
  if (app.node.findAll().some((construct) => construct instanceof TerraformAsset)) names.push("assets");
  return `To run the engine in another folder or job, copy all of these from the stack's folder: ${names.join(", ")}.`;
}
