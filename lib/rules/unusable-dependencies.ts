/** Rule: a resource depends on objects of its own stack that have an address. CDKTF would write an empty `depends_on`, or one that the engine rejects. */
import { HOST, TerraformStack } from "../host";
import { Construct } from "constructs";
import { dependencyFix, isDependable } from "../props/dependency-types";
import { describeValue } from "../props/described-value";
import type { Declarations } from "./declarations";
import type { Finding } from "./finding";

export function* unusableDependencies({ dependencies }: Declarations): Generator<Finding> {
  for (const { construct, dependency } of dependencies) {
    if (!isDependable(dependency)) {
      const why = `dependsOn contains ${describeValue(dependency)}, which has no address. ${HOST} would leave it out.`;
      yield { construct, why, fix: dependencyFix(dependency) };
      continue;
    }
    const stack = TerraformStack.of(construct);
    if (!Construct.isConstruct(dependency) || TerraformStack.of(dependency) === stack) continue;
    const other = TerraformStack.of(dependency).node.path;
    yield {
      construct,
      why: `dependsOn contains ${dependency.node.path} of the stack ${other}. Terraform can depend only on objects of the same stack.`,
      fix: `Remove it, and call addDependency on the stack ${stack.node.path} with the stack ${other}, so that ${HOST} deploys that stack first.`,
    };
  }
}
