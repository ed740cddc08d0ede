/** Arguments that Terraform itself evaluates, which every construct accepts. */
import type { ITerraformDependable, TerraformResourceLifecycle } from "./host";

/** What a construct depends on. */
export interface DependencyOptions {
  /**
   * What the engine creates or updates before this: constructs of Bitlift, resources, data sources or modules, all of the same stack. A
   * reference to an attribute of another construct creates this order by itself.
   * @default - only what the construct refers to
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** How the engine treats a resource. */
export interface ResourceOptions extends DependencyOptions {
  /**
   * The lifecycle of the resource, such as `{ preventDestroy: true }`. `createBeforeDestroy` must match the replacement order of the
   * integration. `ignoreChanges` takes the names of Terraform arguments, such as `vcs_checks`.
   * @default - only what the replacement order requires
   */
  readonly lifecycle?: TerraformResourceLifecycle;
}
