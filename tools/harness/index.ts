/** The harness that the demo, the benchmark and the acceptance tests share. Re-exports only. */
export { CLOUD } from "./bitbucket-cloud";
export { DATACENTER } from "./bitbucket-datacenter";
export { codeOf, diagnosticsIn, progressIn, type EngineDiagnostic } from "./engine-output";
export { Harness, type HarnessOptions, type SandboxOptions } from "./harness";
export { changedAttributes, changesIn, readPlan, type PlannedChange } from "./plan";
export { PLUGIN_EXECUTABLE, PLUGIN_SOURCE } from "./plugin-installation";
export { PreparedFolder, type EngineRun, type PlanRun } from "./prepared-folder";
export {
  credentialArguments,
  integrationReferences,
  repositoryFields,
  repositoryName,
  withoutUndefined,
  type BitbucketService,
  type Fields,
  type Product,
  type Webhook,
  type WebhookChanges,
} from "./product";
export { PRODUCTS } from "./products";
export { runProgram, startProgram, type ProgramEnd } from "./program";
export { SandboxClient, type LoggedRequest, type SandboxAddress, type Service } from "./sandbox-client";
